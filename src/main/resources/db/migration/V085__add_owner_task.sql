-- What the owner of a system kept by hand is asked; the link's token and the code are kept as keyed hashes.
create table owner_task (
    id uuid primary key,
    request_id uuid not null references rights_request (id) on delete cascade,
    system text not null,
    execute boolean not null,
    token_hash text not null unique,
    token_sealed bytea not null,
    asked_at timestamptz not null,
    expires_at timestamptz not null,
    reminders int not null default 0,
    code_hash text,
    code_expires_at timestamptz,
    tries int not null default 0,
    answered_at timestamptz,
    unique (request_id, system, execute)
);
