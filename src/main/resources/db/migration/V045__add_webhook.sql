-- Calls of addresses that an administrator named; where to is in the settings, under the purpose. Nothing personal.
create table webhook (
    id         uuid        primary key,
    purpose    text        not null,
    topic      text        not null,
    media_type text        not null,
    body       text        not null,
    posted_at  timestamptz not null,
    state      text        not null check (state in ('waiting', 'sent', 'failed')),
    settled_at timestamptz,
    failure    text
);
create index webhook_posted on webhook (posted_at);
