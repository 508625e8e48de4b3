-- One request of a person to several companies of a group: a case each, and the one that the others belong to.
create table request_together (
    request uuid primary key references rights_request,
    first uuid not null references rights_request,
    check (request <> first)
);

create index request_together_first on request_together (first);
