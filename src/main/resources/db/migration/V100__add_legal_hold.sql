-- A hold on a person (her identifiers), on a collection of a system, or on a company of the group. What could name
-- somebody is sealed under the hold's own key; identifiers are found by their keyed hashes.
create table legal_hold (
    id uuid primary key,
    vault_key uuid not null,
    reason_sealed bytea not null,
    held_system text,
    held_collection text,
    held_company text,
    review_on date not null,
    placed_at timestamptz not null,
    placed_by text not null,
    reminded_at timestamptz,
    lifted_at timestamptz,
    lifted_by text,
    constraint lifted_by_somebody check ((lifted_at is null) = (lifted_by is null)),
    constraint collection_of_a_system check (held_collection is null or held_system is not null)
);

create index legal_hold_standing on legal_hold (review_on) where lifted_at is null;

create table legal_hold_identifier (
    hold_id uuid not null references legal_hold (id) on delete cascade,
    kind text not null,
    value_sealed bytea not null,
    value_hash text not null,
    primary key (hold_id, kind, value_hash)
);

create index legal_hold_identifier_hash on legal_hold_identifier (value_hash);

-- Counts every hold that was placed or lifted: what was computed from the holds is stale once it has moved.
create table legal_hold_change (
    sole boolean primary key default true check (sole),
    count bigint not null default 0
);

insert into legal_hold_change default values;
