-- The queue is read in the order of the day by which the person must hear, or of receipt, and narrowed by one thing at a time.
create index rights_request_due on rights_request ((coalesce(extended_to, due)), id);
create index rights_request_right on rights_request (asked_right, (coalesce(extended_to, due)), id);
create index rights_request_assignee on rights_request (assignee, (coalesce(extended_to, due)), id);
create index rights_request_open_received on rights_request (received_at, id) where state <> 'CLOSED';
create index rights_request_beginning on rights_request (replace(reference, '-', '') text_pattern_ops);
create index rights_request_open_state on rights_request (state, (coalesce(extended_to, due)), id) where state <> 'CLOSED';
create index rights_request_open_assignee on rights_request (assignee, (coalesce(extended_to, due)), id)
    where state <> 'CLOSED';
