create table vault_key (
    id uuid primary key,
    wrapped bytea,
    created_at timestamptz not null default now(),
    shredded_at timestamptz,
    check ((wrapped is null) = (shredded_at is not null))
);
