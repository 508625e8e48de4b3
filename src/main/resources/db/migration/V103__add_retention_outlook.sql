-- What falls due when, counted now and then because counting may take a while: rows of a collection by the month in which
-- their last day is over; the month of the count itself holds what is past its date.
create table retention_outlook (
    system text not null,
    collection text not null,
    month date not null,
    rows bigint not null,
    counted_at timestamptz not null,
    primary key (system, collection, month)
);
