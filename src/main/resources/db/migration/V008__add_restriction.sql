-- Article 18: the data is kept and not used. It ends only after the person was told (18(3)).
create table restriction (
    request_id uuid primary key references rights_request (id) on delete cascade,
    ground text not null,
    began_at timestamptz not null,
    noticed_at timestamptz,
    ends_on date,
    lifted_at timestamptz,
    constraint restriction_ends_after_notice check ((noticed_at is null) = (ends_on is null)),
    constraint restriction_lifted_after_notice check (lifted_at is null or noticed_at is not null and lifted_at >= noticed_at)
);

create index restriction_stands on restriction (began_at) where lifted_at is null;
