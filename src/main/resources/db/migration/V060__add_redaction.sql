create table redaction (
    id bigint generated always as identity primary key,
    request_id uuid not null references rights_request (id) on delete cascade,
    system text not null,
    collection text not null,
    -- as the findings name it: opaque, without the row's values
    found_row text not null,
    -- null hides the whole row
    field text,
    ground text not null,
    officer text not null,
    made_at timestamptz not null,
    unique nulls not distinct (request_id, system, collection, found_row, field)
);
