create table vault_key (
    id uuid primary key,
    wrapped bytea,
    -- which master key wraps it: 0 is master.key, 1 is master-1.key
    master int not null default 0,
    created_at timestamptz not null default now(),
    shredded_at timestamptz,
    check ((wrapped is null) = (shredded_at is not null))
);

-- what is still to be wrapped by a newer master key
create index vault_key_master on vault_key (master) where wrapped is not null;
