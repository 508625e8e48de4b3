-- The queue is read in the order of the day by which the person must hear, or of receipt. Every index carries what the queue's
-- filters look at, so that a page is found in the index alone and only its own rows are opened.
create index rights_request_due on rights_request (answer_by, id)
    include (state, asked_right, assignee, organisation);
create index rights_request_right on rights_request (asked_right, answer_by, id)
    include (state, assignee, organisation);
create index rights_request_right_received on rights_request (asked_right, received_at, id)
    include (state, assignee, organisation, answer_by);
create index rights_request_assignee on rights_request (assignee, answer_by, id)
    include (state, asked_right, organisation);
create index rights_request_assignee_received on rights_request (assignee, received_at, id)
    include (state, asked_right, organisation, answer_by);
create index rights_request_beginning on rights_request (replace(reference, '-', '') text_pattern_ops);

-- The same for the cases that somebody still works at, which are few among the many of the years.
create index rights_request_open_due on rights_request (answer_by, id)
    include (state, asked_right, assignee, organisation, decider) where state <> 'CLOSED';
create index rights_request_open_state on rights_request (state, answer_by, id)
    include (asked_right, assignee, organisation, decider) where state <> 'CLOSED';
create index rights_request_open_assignee on rights_request (assignee, answer_by, id)
    include (state, asked_right, organisation, decider) where state <> 'CLOSED';
create index rights_request_open_received on rights_request (received_at, id)
    include (state, asked_right, assignee, organisation, answer_by, decider) where state <> 'CLOSED';
