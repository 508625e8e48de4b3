-- Part of a field's text can be hidden: kept sealed under the case's key, and told apart by a keyed hash.
alter table redaction add column part_sealed bytea;
alter table redaction add column part_hash text;
alter table redaction drop constraint redaction_request_id_system_collection_found_row_field_key;
alter table redaction add constraint redaction_once
    unique nulls not distinct (request_id, system, collection, found_row, field, part_hash);
