create table answer_package (
    id uuid primary key,
    request_id uuid not null references rights_request (id) on delete cascade,
    key_id uuid not null,
    state text not null default 'building' check (state in ('building', 'ready', 'removed')),
    started_at timestamptz not null,
    ready_at timestamptz,
    expires_at timestamptz,
    removed_at timestamptz,
    downloads int not null default 0,
    last_download_at timestamptz,
    check ((state = 'building') = (ready_at is null)),
    check ((ready_at is null) = (expires_at is null))
);

create unique index one_answer_package on answer_package (request_id) where state = 'ready';
create index answer_package_expiry on answer_package (expires_at) where state = 'ready';
create index answer_package_request on answer_package (request_id);

-- sealed bytes in pieces of bounded size; every replica can read them
create table answer_package_piece (
    package_id uuid not null references answer_package (id) on delete cascade,
    position int not null,
    bytes bytea not null,
    primary key (package_id, position)
);

-- what is sealed cannot be compressed
alter table answer_package_piece alter column bytes set storage external;
