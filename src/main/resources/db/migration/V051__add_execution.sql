-- One row a request; run counts the plans that were begun: what an earlier one did stays done.
create table execution (
    request_id uuid primary key,
    vault_key uuid not null,
    run int not null,
    ready boolean not null,
    failures int not null default 0,
    remaining bigint,
    finished_at timestamptz
);

create table execution_step (
    request_id uuid not null,
    run int not null,
    seq int not null,
    system text not null,
    collection text not null,
    action text not null check (action in ('DELETE', 'MASK', 'CHANGE')),
    -- a pointer that is loosened so that rows can go afterwards: not counted
    preparing boolean not null,
    rows int not null,
    state text not null check (state in ('OPEN', 'ASKED', 'DONE')),
    failure text,
    -- the rows as they were seen, and what becomes of them, under the case's key
    sealed bytea not null,
    done_at timestamptz,
    primary key (request_id, run, seq)
);

create table execution_kept (
    request_id uuid not null,
    run int not null,
    seq int not null,
    system text not null,
    collection text not null,
    reason text not null,
    rule text,
    citation text,
    until date,
    rows int not null,
    sealed bytea not null,
    primary key (request_id, run, seq)
);
