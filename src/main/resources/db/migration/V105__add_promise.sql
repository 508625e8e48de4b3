-- Who is to be told when what her erasure had to keep is gone: her address under a key of its own, which goes with the letter
-- or when she takes it back. It outlives the request's own record.
create table promise (
    request_id uuid primary key,
    vault_key uuid not null,
    sealed bytea not null,
    made_at timestamptz not null
);
