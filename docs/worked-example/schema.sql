-- The database of Fjord Records, which sells music: the schema of docs/worked-example.md, with three customers who do not exist.
create table employee (
    employee_id integer primary key,
    first_name varchar(40) not null,
    last_name varchar(40) not null,
    email varchar(60) not null);
create table address (
    address_id integer generated always as identity primary key,
    street varchar(70) not null,
    postal_code varchar(10) not null,
    city varchar(40) not null);
create table customer (
    customer_id integer generated always as identity primary key,
    first_name varchar(40) not null,
    last_name varchar(40) not null,
    email varchar(60) not null unique,
    phone varchar(24),
    address_id integer not null references address,
    support_rep_id integer references employee,
    created_at timestamptz not null);
create table artist (artist_id integer primary key, name varchar(120) not null);
create table track (
    track_id integer primary key,
    artist_id integer not null references artist,
    name varchar(200) not null,
    price numeric(10, 2) not null);
create table invoice (
    invoice_id integer primary key,
    customer_id integer references customer,
    customer_name varchar(80) not null,
    invoice_date date not null,
    total numeric(10, 2) not null);
create table invoice_line (
    invoice_line_id integer primary key,
    invoice_id integer not null references invoice,
    track_id integer not null references track,
    sold_on date not null,
    price numeric(10, 2) not null);
create table playlist (
    playlist_id integer primary key,
    customer_id integer not null references customer,
    name varchar(120) not null);
create table playlist_track (
    playlist_id integer references playlist,
    track_id integer references track,
    primary key (playlist_id, track_id));
create table newsletter (email varchar(60) primary key, signed_up_on date not null);
create table support_message (
    message_id integer primary key,
    customer_id integer not null references customer,
    employee_id integer references employee,
    sent_at timestamptz not null,
    body text not null);

insert into employee values
    (1, 'Jon', 'Selger', 'jon@fjordrecords.example'),
    (2, 'Mari', 'Hjelper', 'mari@fjordrecords.example');
insert into address (street, postal_code, city) values
    ('Strandgata 3', '6763', 'Hornindal'), ('Bakkevegen 12', '6770', 'Nordfjordeid');
-- Ingrid and Oddvar live in the same house
insert into customer (first_name, last_name, email, phone, address_id, support_rep_id, created_at) values
    ('Ingrid', 'Kanarivik', 'ingrid.kanarivik@example.org', '+47 998 87 766', 1, 1, '2019-03-01 10:00+01'),
    ('Oddvar', 'Kanarivik', 'oddvar@example.org', null, 1, 1, '2020-05-11 12:00+02'),
    ('Solveig', 'Berge', 'solveig@example.org', '+47 411 22 333', 2, 2, '2021-01-20 09:30+01');
insert into artist values (1, 'Harding Trio'), (2, 'Elektro Ulvik');
insert into track values
    (1, 1, 'Bridal March from Hornindal', 12.00), (2, 1, 'Springar', 10.00), (3, 2, 'Night Ferry', 15.00);
insert into invoice values
    (1001, 1, 'Ingrid Kanarivik', '2019-04-02', 22.00),
    (1002, 1, 'Ingrid Kanarivik', '2026-02-17', 15.00),
    (1003, 3, 'Solveig Berge', '2026-03-05', 12.00);
insert into invoice_line values
    (1, 1001, 1, '2019-04-02', 12.00), (2, 1001, 2, '2019-04-02', 10.00),
    (3, 1002, 3, '2026-02-17', 15.00), (4, 1003, 1, '2026-03-05', 12.00);
insert into playlist values (1, 1, 'For the wedding'), (2, 3, 'Cabin');
insert into playlist_track values (1, 1), (1, 2), (2, 3);
insert into newsletter values ('ingrid.kanarivik@example.org', '2019-03-01'), ('stranger@example.org', '2022-08-08');
insert into support_message values
    (1, 1, 1, '2026-02-18 08:15+01', 'The ferry song skips at 2:10. Can you call me?'),
    (2, 3, 2, '2026-03-06 19:40+01', 'Thank you!');
