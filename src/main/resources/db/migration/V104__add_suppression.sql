-- Whose data was erased, and who objected to marketing, by the keyed hash of an identifier: importers ask before they bring
-- somebody back. The two are kept apart: whoever was erased may come back as a customer.
create table suppression (
    identifier_hash text not null,
    reason text not null check (reason in ('ERASED', 'OBJECTED')),
    at timestamptz not null,
    primary key (identifier_hash, reason)
);
