-- A fee that a request which is manifestly unfounded or excessive, or asks for a further copy, is answered against
-- (GDPR Articles 12(5)(a) and 15(3)). Another officer than the one who proposed it approves it, or nobody is asked for it.
create table fee (
    id uuid primary key,
    request_id uuid not null references rights_request (id) on delete cascade,
    amount numeric(12, 2) not null check (amount > 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    ground text not null,
    -- what was checked, codes between commas
    checklist text not null,
    reason_sealed bytea,
    officer text not null,
    proposed_at timestamptz not null,
    approver text,
    asked_at timestamptz,
    ending text check (ending in ('PAID', 'WAIVED', 'REJECTED')),
    ended_at timestamptz,
    constraint fee_has_four_eyes check (approver <> officer),
    constraint fee_is_asked_by_an_approver check ((approver is null) = (asked_at is null)),
    constraint fee_is_paid_when_asked check (ending is distinct from 'PAID' or asked_at is not null),
    constraint fee_ends_at_a_time check ((ending is null) = (ended_at is null))
);

create unique index fee_stands on fee (request_id) where ending is null;
create index fee_request on fee (request_id);
