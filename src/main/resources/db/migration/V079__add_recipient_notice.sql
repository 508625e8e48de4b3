-- Article 19: who received data is told of correction, erasure and restriction; what they answer is followed up.
create table recipient_notice (
    id uuid primary key,
    request_id uuid not null references rights_request (id) on delete cascade,
    recipient text not null,
    country text,
    contact text,
    systems text not null,
    what text not null check (what in ('CORRECTION', 'ERASURE', 'RESTRICTION', 'LIFTING')),
    made_at timestamptz not null,
    told_at timestamptz,
    told_by text,
    answer text check (answer in ('DONE', 'IMPOSSIBLE', 'REFUSED')),
    answered_at timestamptz,
    officer text,
    unique nulls not distinct (request_id, recipient, contact, what)
);
