-- Who is signed in at an OpenID Connect provider. The tokens are sealed by a key that lies only in the browser's cookie, and
-- the row's key is a hash of that cookie: this table alone lets nobody in. Here and not in the cookie, so that a session ends
-- on every replica at once when the provider says so (OpenID Connect Back-Channel Logout 1.0).
create table provider_session (
    id           bytea primary key,
    tenant       text        not null,
    -- the provider's own name of the session and of the subject, hashed
    at_provider  bytea,
    subject      bytea       not null,
    tokens       bytea       not null,
    since        timestamptz not null,
    seen         timestamptz not null
);

create index provider_session_at_provider on provider_session (at_provider);
create index provider_session_subject on provider_session (subject);
create index provider_session_seen on provider_session (seen);
