-- The database itself refuses what would rewrite the history. Whoever owns the tables can take these triggers away; the
-- signed heads outside the database are there for that.

create function audit_refuse() returns trigger language plpgsql as $$
begin
    raise exception 'the history is append-only: % on % is refused', tg_op, tg_table_name using errcode = '42501';
end $$;

create function audit_grow_only() returns trigger language plpgsql as $$
begin
    if new.sole = old.sole and new.origin = old.origin and new.size >= old.size then
        return new;
    end if;
    raise exception 'the history only grows: from % to % leaves is refused', old.size, new.size using errcode = '42501';
end $$;

-- an entry gets its place once, and nothing else of it changes; asked here and not in the function, it costs nothing
create trigger audit_entry_sequence before update on audit_entry for each row
    when (old.leaf_index is not null or new.leaf_index is null
        or (old.id, old.at, old.event, old.subject, old.actor, old.entry)
            is distinct from (new.id, new.at, new.event, new.subject, new.actor, new.entry))
    execute function audit_refuse();
create trigger audit_entry_keep before delete on audit_entry for each row execute function audit_refuse();
create trigger audit_entry_whole before truncate on audit_entry execute function audit_refuse();

create trigger audit_node_keep before update or delete on audit_node for each row execute function audit_refuse();
create trigger audit_node_whole before truncate on audit_node execute function audit_refuse();

create trigger audit_checkpoint_keep before update or delete on audit_checkpoint for each row execute function audit_refuse();
create trigger audit_checkpoint_whole before truncate on audit_checkpoint execute function audit_refuse();

create trigger audit_tree_grow before update on audit_tree for each row execute function audit_grow_only();
create trigger audit_tree_keep before delete on audit_tree for each row execute function audit_refuse();
create trigger audit_tree_whole before truncate on audit_tree execute function audit_refuse();

create trigger audit_key_keep before update or delete on audit_key for each row execute function audit_refuse();
create trigger audit_key_whole before truncate on audit_key execute function audit_refuse();

-- Sealed details may go (with their rule), but never change.
create trigger audit_details_keep before update on audit_details for each row execute function audit_refuse();
