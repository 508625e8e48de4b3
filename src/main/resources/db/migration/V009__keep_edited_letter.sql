-- A letter of refusal as an officer edited it, sealed under the case's key; without one the portal writes it.
alter table decision add column letter_sealed bytea;
