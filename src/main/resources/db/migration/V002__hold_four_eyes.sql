-- Whatever the entry point, page, API or SQL: the one who decided does not approve, and what needs two has two.
create function hold_four_eyes() returns trigger language plpgsql as $$
declare decided decision;
begin
    if new.decision_id is null then
        if new.approver is not null then
            raise exception 'an approval needs a decision' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    select * into decided from decision where id = new.decision_id;
    if new.approver = decided.officer then
        raise exception 'the officer who decided does not approve' using errcode = 'check_violation';
    end if;
    if new.approver is null
        and (new.state = 'EXECUTING' or new.outcome in ('FULFILLED', 'PARTLY_FULFILLED', 'REFUSED'))
        and (decided.answer = 'REFUSE' or new.asked_right in ('CORRECTION', 'ERASURE')) then
        raise exception 'this decision needs the approval of another officer' using errcode = 'check_violation';
    end if;
    return new;
end
$$;

create trigger four_eyes before insert or update on rights_request
    for each row execute function hold_four_eyes();
