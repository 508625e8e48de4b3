-- What must be known even when this database is put back from a backup is written to a file outside it. Rows wait here, in
-- the transaction of the act, until they are in the file; the mark is the last line of the file that this database knows.
create table outside_record (
    id uuid primary key,
    added bigserial,
    kind text not null,
    at timestamptz not null,
    sealed bytea not null
);

create table outside_mark (
    sole boolean primary key default true check (sole),
    database uuid not null default gen_random_uuid(),
    line bigint not null default 0
);

insert into outside_mark default values;
