-- Which requests were made by whom while signed in at people's identity provider: a keyed hash of the provider's own name of her.
create table person_subject (
    request_id   uuid primary key references rights_request (id) on delete cascade,
    subject_hash text not null
);

create index person_subject_hash on person_subject (subject_hash);
