-- How far each place outside the operator's hands has got: the newest head that it has.
create table audit_anchor (
    kind text        primary key check (kind in ('folder', 'mail', 'webhook')),
    size bigint      not null check (size >= 0),
    at   timestamptz not null
);
