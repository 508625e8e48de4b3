-- An operator's figures read what is open or failing, and never walk over all cases there ever were.
create index search_system_failed on search_system (system) where status = 'FAILED';
