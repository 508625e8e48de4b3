-- Findings and evidence go at times of their own (own_records): each lies under a key that is part of its case's.
alter table vault_key add column part_of uuid;
alter table vault_key add column part text check (part in ('findings', 'evidence'));
alter table vault_key add constraint vault_key_part check ((part is null) = (part_of is null));
create index vault_key_part_of on vault_key (part_of, part) where wrapped is not null and part is not null;

-- What an officer noted of somebody's identity goes with the evidence.
alter table case_note add column evidence boolean not null default false;
