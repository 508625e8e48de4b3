create table work_item (
    id bigint generated always as identity primary key,
    kind text not null,
    subject text not null,
    due_at timestamptz not null,
    wanted int not null default 1,
    attempts int not null default 0,
    lease uuid,
    leased_until timestamptz,
    -- when the two times above were written: where that is to come, the clock has been set back since
    noted_at timestamptz not null default clock_timestamp(),
    created_at timestamptz not null default now(),
    unique (kind, subject)
);

create index work_item_due on work_item (due_at);
