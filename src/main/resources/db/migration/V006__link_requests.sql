-- Requests that belong together: they came in one letter, or one is answered in the other. Linked, and never dropped.
create table request_link (
    request_id uuid not null references rights_request (id) on delete cascade,
    other_id uuid not null references rights_request (id) on delete cascade,
    kind text not null check (kind in ('LETTER', 'DUPLICATE')),
    primary key (request_id, other_id),
    check (request_id <> other_id)
);

create index request_link_other on request_link (other_id);
