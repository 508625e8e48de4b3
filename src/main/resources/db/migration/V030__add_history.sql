-- The ledger: entries, the Merkle tree over them (RFC 6962), the signed heads of that tree.
-- Nothing here is ever changed or deleted; V031 makes the database refuse it.

create table audit_entry (
    id         bigint generated always as identity primary key,
    leaf_index bigint check (leaf_index >= 0),        -- null until the sequencer has been
    at         timestamptz not null,
    event      text        not null,
    subject    uuid,                                  -- the request's id: the case's pseudonym
    actor      text        not null,                  -- a pseudonym
    entry      bytea       not null                   -- the exact bytes of the leaf
);

create unique index audit_entry_leaf on audit_entry (leaf_index) where leaf_index is not null;
create index audit_entry_waiting on audit_entry (id) where leaf_index is null;
create index audit_entry_subject on audit_entry (subject, id) where subject is not null;
create index audit_entry_at on audit_entry using brin (at);

-- Personal details, sealed under the case's key; the entry carries a commitment to them.
create table audit_details (
    entry_id   bigint primary key references audit_entry,
    entry_uuid uuid  not null,
    key_id     uuid  not null,
    sealed     bytea not null
);

-- Which account a staff pseudonym stands for.
create table audit_actor (
    pseudonym text primary key,
    kind      text not null,
    name      text not null
);

-- Hashes of perfect subtrees: level 0 are the leaves.
create table audit_node (
    level smallint not null check (level between 0 and 62),
    index bigint   not null check (index >= 0),
    hash  bytea    not null check (octet_length(hash) = 32),
    primary key (level, index)
);

-- One row: the size of the tree, and the lock of its one writer.
create table audit_tree (
    sole   boolean primary key default true check (sole),
    origin text   not null,
    size   bigint not null default 0 check (size >= 0)
);

insert into audit_tree (origin)
values ('habeas.internal/history/' || left(replace(gen_random_uuid()::text, '-', ''), 16));

create table audit_checkpoint (
    size      bigint primary key check (size >= 0),
    signed_at timestamptz not null,
    root      bytea       not null check (octet_length(root) = 32),
    key_id    text        not null,
    note      text        not null
);

-- The keys that signed, and the entry that announces each: whoever trusts a head over that entry can trust the key.
create table audit_key (
    verifier_key text primary key,
    entry_id     bigint not null references audit_entry
);
