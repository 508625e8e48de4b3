-- What people chose, with its proof. The last one of a person counts; none is ever changed. The position is given under a
-- lock, so that positions appear in their order and a reader who goes on from the last one misses nothing.
create table choice (
    position bigint generated always as identity primary key,
    notice uuid not null references notice,
    version uuid not null references policy_version,
    person text not null,
    accepted boolean not null,
    text_digest text not null,
    language text not null,
    how text not null,
    chosen_at timestamptz not null
);

create index choice_person on choice (person, position);
create index choice_notice on choice (notice, position);

create trigger choice_keep before update or delete on choice for each row execute function policy_refuse();
create trigger choice_whole before truncate on choice execute function policy_refuse();
