-- What was checked before a request is called manifestly unfounded or excessive (Article 12(5)): the organisation proves it.
alter table decision add column checklist text;
