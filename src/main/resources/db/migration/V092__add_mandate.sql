-- Whether somebody may act for another person, and what she sent to show it; names, reasons and files are sealed.
create table mandate (
    request_id uuid primary key references rights_request (id) on delete cascade,
    state text not null check (state in ('AWAITED', 'ACCEPTED', 'REJECTED')),
    officer text,
    decided_at timestamptz,
    reason_sealed bytea,
    check ((state = 'AWAITED') = (officer is null))
);
create table mandate_file (
    id uuid primary key,
    request_id uuid not null references rights_request (id) on delete cascade,
    name_sealed bytea not null,
    kind text not null,
    size bigint not null,
    sent_at timestamptz not null,
    ready boolean not null,
    bytes_sealed bytea not null
);
create index mandate_file_request on mandate_file (request_id);
