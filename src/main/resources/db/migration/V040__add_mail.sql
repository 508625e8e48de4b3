create table mail (
    id uuid primary key,
    message_id text not null unique,
    -- the case's key, or one of the mail's own: with the key the mail goes
    key_id uuid not null,
    own_key boolean not null,
    to_hash text not null,
    sealed bytea not null,
    posted_at timestamptz not null,
    -- after this moment it is of no use to anybody, such as a code that has expired
    useful_until timestamptz,
    -- a later mail of the same topic takes its place as long as it waits
    topic text,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'outdated')),
    settled_at timestamptz,
    failure text,
    check ((state = 'waiting') = (settled_at is null))
);

create index mail_to on mail (to_hash, posted_at);
create index mail_topic on mail (topic) where state = 'waiting';
create index mail_posted on mail (posted_at);
create index mail_unsent on mail (posted_at) where state = 'waiting';
