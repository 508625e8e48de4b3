-- How much is left of an allowance (Bucket4j). Unlogged: after a crash everybody starts anew.
create unlogged table rate_bucket (
    id text primary key,
    state bytea,
    expires_at bigint
);

create index rate_bucket_expiry on rate_bucket (expires_at);
