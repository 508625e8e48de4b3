-- An officer broke the glass and works a case about herself; the reason is a note of the case.
create table case_exception (
    request_id uuid not null references rights_request (id) on delete cascade,
    officer text not null,
    made_at timestamptz not null,
    primary key (request_id, officer)
);
