-- What officers tell each other about a case; never shown to the person.
create table case_note (
    id uuid primary key,
    request_id uuid not null references rights_request (id) on delete cascade,
    written_at timestamptz not null,
    officer text not null,
    text_sealed bytea not null
);

create index case_note_request on case_note (request_id, written_at);
