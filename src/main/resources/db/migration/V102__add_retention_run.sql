-- A run over the collections whose time is up. The figures move while it runs; when it is finished its certificate is kept.
create table retention_run (
    id uuid primary key,
    opened_at timestamptz not null,
    opened_by text not null,
    by_schedule boolean not null,
    dry_run boolean not null,
    needs_release boolean not null,
    state text not null check (state in ('WAITING_FOR_APPROVAL', 'RUNNING', 'DONE', 'FAILED')),
    today date not null,
    vault_key uuid not null,
    hold_changes bigint not null,
    counted boolean not null default false,
    failures int not null default 0,
    released_by text,
    released_at timestamptz,
    released_second_by text,
    released_second_at timestamptz,
    purging_since timestamptz,
    finished_at timestamptz,
    certificate text,
    digest text,
    -- the database holds four eyes by itself
    constraint two_release check (released_second_by is null or released_second_by <> released_by),
    constraint released_in_order check (released_by is not null or released_second_by is null),
    constraint purges_when_released check (purging_since is null or not needs_release or released_second_by is not null),
    constraint dry_run_purges_nothing check (purging_since is null or not dry_run),
    constraint finished_has_time check ((state in ('DONE', 'FAILED')) = (finished_at is not null))
);

create index retention_run_opened on retention_run (opened_at desc, id);

create table retention_run_collection (
    run_id uuid not null references retention_run (id) on delete cascade,
    position int not null,
    system text not null,
    collection text not null,
    rule text not null,
    citation text not null,
    mode text not null,
    kind text not null check (kind in ('SWEEP', 'OBLIGATION', 'PART')),
    due_before date,
    purges boolean not null,
    done boolean not null,
    due bigint not null default 0,
    purged bigint not null default 0,
    held bigint not null default 0,
    failed bigint not null default 0,
    rows_before bigint,
    rows_after bigint,
    batches int not null default 0,
    -- the batch that is being purged: which rows, sealed under the run's key, so that a kill can be told from a purge
    pending_sealed bytea,
    -- the same of rows that the database purges without our looking at them: the transaction's number and how many went
    pending_receipt text,
    pending_rows bigint,
    problem text,
    kept jsonb not null default '{}',
    primary key (run_id, position),
    constraint as_many check (due >= 0 and purged >= 0 and held >= 0 and failed >= 0)
);

-- Whatever the number of replicas: a collection is in one unfinished run.
create unique index retention_one_run on retention_run_collection (system, collection)
    where purges and not done and kind = 'SWEEP';
