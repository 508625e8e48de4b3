-- Telling people of a different use: one campaign a version, one notice a person, whatever happens in between.
create table campaign (
    version uuid primary key references policy_version,
    key_id uuid not null,
    started_at timestamptz not null,
    gathered_at timestamptz,
    finished_at timestamptz
);

create table campaign_source (
    version uuid not null references campaign,
    dataset text not null,
    collection text not null,
    state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
    people bigint not null default 0,
    problem text,
    primary key (version, dataset, collection)
);

create table notice (
    -- also the mail's id, from which its Message-ID follows
    id uuid primary key,
    version uuid not null references campaign,
    person text not null,
    -- address and language, until their time is up
    sealed bytea,
    systems text[] not null,
    state text not null default 'waiting' check (state in ('waiting', 'posted', 'bounced')),
    token_hash text unique,
    posted_at timestamptz,
    bounced_at timestamptz,
    bounce text,
    unique (version, person),
    check ((state = 'waiting') = (posted_at is null))
);

create index notice_waiting on notice (version, id) where state = 'waiting';
create index notice_person on notice (person);
