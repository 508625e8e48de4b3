-- What an erasure had to keep, to be purged when its time is up: up to 500 rows of one collection each, their keys sealed
-- under a key of their own, which is shredded when they are gone.
create table obligation (
    id uuid primary key,
    request_id uuid not null,
    system text not null,
    collection text not null,
    rule text not null,
    until date not null,
    rows int not null,
    vault_key uuid not null,
    keys_sealed bytea not null,
    identifier_hashes text[] not null,
    added_at timestamptz not null,
    done_at timestamptz,
    purged int,
    tried_on date,
    tried_hold_changes bigint,
    constraint done_says_how_many check ((done_at is null) = (purged is null))
);

create index obligation_due on obligation (until, id) where done_at is null;
create index obligation_request on obligation (request_id);
