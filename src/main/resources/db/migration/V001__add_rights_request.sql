create table decision (
    id uuid primary key,
    request_id uuid not null,
    answer text not null check (answer in ('FULFIL', 'PARTLY', 'REFUSE')),
    ground text,
    plan_digest text,
    officer text not null,
    decided_at timestamptz not null,
    text_sealed bytea,
    unique (id, officer)
);

create table rights_request (
    id uuid primary key,
    version int not null,
    reference text not null unique,
    asked_right text not null,
    state text not null
        check (state in ('UNVERIFIED', 'OPEN', 'WAITING', 'REVIEW', 'APPROVAL', 'EXECUTING', 'CLOSED')),
    outcome text,
    organisation text not null,
    channel text not null,
    language text not null,
    regime text not null,
    received_at timestamptz not null,
    received_on date not null,
    -- where the law's clock starts later than at receipt (UK GDPR Article 12A)
    counted_from date,
    due date not null,
    extended_to date,
    -- the day by which the person must hear
    answer_by date generated always as (coalesce(extended_to, due)) stored,
    extension_months int not null default 0,
    extension_reason text,
    verified_at timestamptz,
    verification_method text,
    closed_at timestamptz,
    assignee text,
    assigned_at timestamptz,
    decision_id uuid references decision (id),
    -- who decided, kept by the trigger four_eyes for lists that ask for it
    decider text,
    approver text,
    begun_at timestamptz,
    systems_searched int,
    rows_found bigint,
    rows_changed bigint,
    rows_erased bigint,
    rows_retained bigint,
    package_until timestamptz,
    vault_key uuid not null,
    passphrase_hash text,
    particulars_sealed bytea,
    -- the database holds what matters most by itself, whatever the code says
    constraint execution_needs_identity check (state <> 'EXECUTING' or verified_at is not null),
    constraint closed_has_outcome check ((state = 'CLOSED') = (outcome is not null)),
    constraint closed_has_time check ((state = 'CLOSED') = (closed_at is not null))
);

alter table decision add constraint decision_of_request
    foreign key (request_id) references rights_request (id) on delete cascade;

create index rights_request_history on rights_request (received_at, id);
