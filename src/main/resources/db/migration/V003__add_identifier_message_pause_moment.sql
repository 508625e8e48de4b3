create table request_identifier (
    id bigint generated always as identity primary key,
    request_id uuid not null references rights_request (id) on delete cascade,
    kind text not null,
    value_sealed bytea not null,
    value_hash text not null,
    proven_at timestamptz,
    unique (request_id, kind, value_hash)
);

create index request_identifier_hash on request_identifier (value_hash);

create table message (
    id uuid primary key,
    request_id uuid not null references rights_request (id) on delete cascade,
    sent_at timestamptz not null,
    sender text not null check (sender in ('person', 'officer')),
    text_sealed bytea not null
);

create index message_request on message (request_id, sent_at);

create table pause (
    request_id uuid not null references rights_request (id) on delete cascade,
    position int not null,
    paused_on date not null,
    resumed_on date,
    reason text not null,
    officer text not null,
    primary key (request_id, position)
);

create table moment (
    id bigint generated always as identity primary key,
    request_id uuid not null references rights_request (id) on delete cascade,
    at timestamptz not null,
    what text not null,
    actor text not null,
    told boolean not null
);

create index moment_request on moment (request_id, id);
