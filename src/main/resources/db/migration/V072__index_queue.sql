-- The queue is read in the order of the day by which the person must hear, also over what is closed.
create index rights_request_due on rights_request ((coalesce(extended_to, due)), id);
create index rights_request_assignee on rights_request (assignee, (coalesce(extended_to, due)), id)
    where state <> 'CLOSED';
