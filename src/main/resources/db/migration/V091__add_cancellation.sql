-- Which address on file was told of an erasure; the link's token and the address are kept as keyed hashes.
create table cancellation (
    token_hash text primary key,
    request_id uuid not null references rights_request (id) on delete cascade,
    address_hash text not null,
    offered_at timestamptz not null,
    unique (request_id, address_hash)
);
