-- A form that is sent twice is one request: which request an attempt, known by its keyed hash, became.
create table intake_attempt (
    attempt text primary key,
    reference text,
    at timestamptz not null
);
create index intake_attempt_at on intake_attempt (at);
