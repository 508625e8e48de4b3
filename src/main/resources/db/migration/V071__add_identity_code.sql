-- The one code of a request that may be typed now; gone when used.
create table identity_code (
    request_id uuid primary key references rights_request (id) on delete cascade,
    code_hash text not null,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    tries int not null default 0 check (tries between 0 and 5)
);
