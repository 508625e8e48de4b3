-- No foreign key to the request: a search writes while an officer holds the request locked.
create table search (
    request_id uuid primary key,
    -- the findings that are shown; another generation is written beside it and takes its place when complete
    generation uuid not null,
    vault_key uuid not null,
    complete boolean not null,
    failures int not null default 0,
    started_at timestamptz not null,
    finished_at timestamptz
);

create table search_system (
    request_id uuid not null,
    system text not null,
    status text not null check (status in ('PENDING', 'RUNNING', 'FOUND', 'NONE', 'FAILED', 'WAIVED')),
    error text,
    -- an officer's reason for leaving it out, and an owner's answer: sealed under the case's key
    reason_sealed bytea,
    answer_sealed bytea,
    changed_at timestamptz not null default now(),
    primary key (request_id, system)
);

create table finding_collection (
    request_id uuid not null,
    generation uuid not null,
    system text not null,
    collection text not null,
    rows bigint not null,
    shared bigint not null,
    retained jsonb not null,
    primary key (request_id, generation, system, collection)
);

create table finding_chunk (
    request_id uuid not null,
    generation uuid not null,
    system text not null,
    collection text not null,
    seq int not null,
    rows int not null,
    sealed bytea not null,
    primary key (request_id, generation, system, collection, seq)
);

-- Findings that were replaced stay a while for whoever is reading them.
create table search_generation (
    request_id uuid not null,
    generation uuid not null,
    started_at timestamptz not null default now(),
    replaced_at timestamptz,
    primary key (request_id, generation)
);
