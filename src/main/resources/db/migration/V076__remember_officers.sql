-- Whom a case can be given to: officers of a provider are known from the first time they come.
create table officer_seen (
    name text primary key,
    seen_at timestamptz not null
);
