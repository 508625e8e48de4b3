-- Where an officer's reminders go, as the identity provider told when she last used the portal.
create table staff_address (
    account  text primary key,
    email    text        not null,
    language text        not null,
    seen     timestamptz not null
);

-- One mail a day and officer, whichever replica is first.
create table reminder (
    account text not null,
    day     date not null,
    primary key (account, day)
);
