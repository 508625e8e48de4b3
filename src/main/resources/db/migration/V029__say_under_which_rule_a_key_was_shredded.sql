-- So that the history says "shredded under rule R on D", never just nothing.
alter table vault_key add column shredded_under text;
