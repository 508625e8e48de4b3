-- A draft has no number. Whoever approved it is not who wrote it, and what was published never changes.
create table policy_version (
    id uuid primary key,
    number int unique check (number > 0),
    use_kind text not null check (use_kind in ('same', 'different')),
    valid_from date not null,
    texts text not null,
    promises text not null,
    digest text not null,
    drafted_by text not null,
    drafted_at timestamptz not null,
    approved_by text,
    approved_at timestamptz,
    check ((number is null) = (approved_by is null)),
    check ((approved_by is null) = (approved_at is null)),
    constraint policy_second_person check (approved_by is null or approved_by <> drafted_by)
);

create unique index policy_version_valid on policy_version (valid_from) where number is not null;

create function policy_refuse() returns trigger language plpgsql as $$
begin
    raise exception 'what was published or chosen is kept: % on % is refused', tg_op, tg_table_name using errcode = '42501';
end $$;

create trigger policy_version_keep before update or delete on policy_version
    for each row when (old.number is not null) execute function policy_refuse();
