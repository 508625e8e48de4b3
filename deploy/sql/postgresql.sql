-- The account with which Habeas reaches one of your PostgreSQL databases: it reads what the data map names, changes and deletes
-- rows where the map lets it, and can do nothing else. Run it in that database as its owner, with your tables in the three lists
-- and a password of your own:  psql --set ON_ERROR_STOP=1 --file postgresql.sql shop
create role habeas_connector login password 'CHANGE-ME' nosuperuser nocreatedb nocreaterole noinherit connection limit 20;
alter role habeas_connector set statement_timeout = '5min';
alter role habeas_connector set idle_in_transaction_session_timeout = '1min';

do $$
declare
    in_schema text := 'public';
    -- tables that a person can be erased from: rows are deleted, or blanked where they point at others
    erased text[] := array['customer', 'orders'];
    -- tables whose rows must stay, in which fields are corrected or blanked
    kept text[] := array['invoice'];
    -- tables that are only shown
    shown text[] := array['product'];
    named text;
begin
    execute format('grant connect on database %I to habeas_connector', current_database());
    execute format('grant usage on schema %I to habeas_connector', in_schema);
    foreach named in array erased loop
        execute format('grant select, update, delete on %I.%I to habeas_connector', in_schema, named);
    end loop;
    foreach named in array kept loop
        execute format('grant select, update on %I.%I to habeas_connector', in_schema, named);
    end loop;
    foreach named in array shown loop
        execute format('grant select on %I.%I to habeas_connector', in_schema, named);
    end loop;
end
$$;
