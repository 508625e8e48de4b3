-- A look at the queue that an officer keeps under a name: the filters as they stand in the address.
create table saved_view (
    id uuid primary key,
    officer text not null,
    name text not null,
    query text not null,
    unique (officer, name)
);
