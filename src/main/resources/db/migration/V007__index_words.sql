-- Words of what the person and the officers wrote, as keyed hashes: so a case is found by them although its text is sealed.
-- They go with the case's details.
create table case_word (
    word text not null,
    -- of words that very many wrote, the last to come in are looked at
    received_at timestamptz not null,
    request_id uuid not null references rights_request (id) on delete cascade,
    primary key (word, received_at, request_id)
);

create index case_word_request on case_word (request_id);
