-- An approval is one officer's word on one decision and the plan it was made on. It is used once, and not after its time.
create table approval (
    id uuid primary key,
    decision_id uuid not null unique references decision (id) on delete cascade,
    officer text not null,
    plan_digest text,
    approved_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    constraint approval_has_an_end check (expires_at > approved_at),
    constraint approval_used_in_time check (used_at < expires_at)
);

create function hold_approval() returns trigger language plpgsql as $$
declare decided decision;
begin
    select * into decided from decision where id = new.decision_id;
    if new.officer = decided.officer then
        raise exception 'the officer who decided does not approve' using errcode = 'check_violation';
    end if;
    if new.plan_digest is distinct from decided.plan_digest then
        raise exception 'the decision was made on another plan' using errcode = 'check_violation';
    end if;
    if tg_op = 'UPDATE' and (old.used_at is not null
            or (new.id, new.decision_id, new.officer, new.approved_at, new.expires_at)
            is distinct from (old.id, old.decision_id, old.officer, old.approved_at, old.expires_at)) then
        raise exception 'an approval is used once and does not change' using errcode = 'check_violation';
    end if;
    return new;
end
$$;

create trigger approval_holds before insert or update on approval for each row execute function hold_approval();

-- Who decided and on which plan stays as it was written, or an approval would be of something else.
create function hold_decision() returns trigger language plpgsql as $$
begin
    if (new.id, new.request_id, new.answer, new.ground, new.plan_digest, new.officer)
            is distinct from (old.id, old.request_id, old.answer, old.ground, old.plan_digest, old.officer) then
        raise exception 'a decision does not change; it is made anew' using errcode = 'check_violation';
    end if;
    return new;
end
$$;

create trigger decision_holds before update on decision for each row execute function hold_decision();

-- Whatever the entry point, page, API or SQL: what needs two officers has the approval of another one, which is used up by
-- the first step that cannot be taken back, or by the refusal that goes out.
create or replace function hold_four_eyes() returns trigger language plpgsql as $$
declare
    decided decision;
    given approval;
    beginning boolean;
begin
    if new.decision_id is null then
        if new.approver is not null then
            raise exception 'an approval needs a decision' using errcode = 'check_violation';
        end if;
        new.decider = null;
        return new;
    end if;
    select * into decided from decision where id = new.decision_id;
    new.decider = decided.officer;
    if new.approver = decided.officer then
        raise exception 'the officer who decided does not approve' using errcode = 'check_violation';
    end if;
    if new.approver is null
        and (new.state = 'EXECUTING' or new.outcome in ('FULFILLED', 'PARTLY_FULFILLED', 'REFUSED'))
        and (decided.answer = 'REFUSE' or new.asked_right in ('CORRECTION', 'ERASURE')) then
        raise exception 'this decision needs the approval of another officer' using errcode = 'check_violation';
    end if;
    if new.approver is null then
        return new;
    end if;
    select * into given from approval where decision_id = new.decision_id and officer = new.approver;
    if not found then
        raise exception 'nobody of that name approved this decision' using errcode = 'check_violation';
    end if;
    beginning = tg_op = 'UPDATE' and old.begun_at is null and new.begun_at is not null;
    if given.used_at is not null then
        if beginning then
            raise exception 'the approval is used up' using errcode = 'check_violation';
        end if;
    elsif beginning or new.outcome in ('FULFILLED', 'PARTLY_FULFILLED', 'REFUSED') then
        update approval set used_at = coalesce(new.begun_at, new.closed_at) where id = given.id;
    end if;
    return new;
end
$$;
