-- What was refused, counted by hour: keyed hashes of the client and of what was tried, and the endpoint's template; no address,
-- no name. The bounds on lines of one hour and kind are Tally's.
create table security_event (
    id bigint generated always as identity,
    hour timestamptz not null,
    kind text not null,
    client text not null,
    about text not null,
    place text not null,
    seen bigint not null check (seen > 0),
    first_at timestamptz not null,
    last_at timestamptz not null,
    primary key (hour, kind, client, about, place)
);

create index security_event_last on security_event (last_at desc, id desc);
create index security_event_client on security_event (client, last_at desc);
create index security_event_about on security_event (about, last_at desc);

-- How many there were, minute by minute, for a day: what alarms go by.
create table security_minute (
    minute timestamptz not null,
    kind text not null,
    seen bigint not null,
    primary key (minute, kind)
);

create table security_alarm (
    kind text not null,
    raised_at timestamptz not null,
    seen bigint not null,
    rate text not null,
    primary key (kind, raised_at)
);
