-- Who was given somebody's data outside the declared list, such as an authority, and on which ground.
create table disclosure (
    id uuid primary key,
    key_id uuid not null,
    sealed bytea not null,
    authority boolean not null,
    disclosed_on date not null,
    -- the ground that forbids telling the person, if there is one
    withheld text,
    recorded_by text not null,
    recorded_at timestamptz not null
);

create table disclosure_person (
    disclosure uuid not null references disclosure,
    person text not null,
    primary key (disclosure, person)
);

create index disclosure_person_is on disclosure_person (person);
create index disclosure_day on disclosure (disclosed_on desc, id);
