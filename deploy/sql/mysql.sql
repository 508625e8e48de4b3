-- The account with which Habeas reaches one of your MariaDB or MySQL databases: it reads what the data map names, changes and
-- deletes rows where the map lets it, and can do nothing else. Run it as an administrator, with your database and tables, the
-- portal's address in place of the % and a password of your own:  mysql < mysql.sql
create user 'habeas_connector'@'%' identified by 'CHANGE-ME' with max_user_connections 20;
-- tables that a person can be erased from: rows are deleted, or blanked where they point at others
grant select, update, delete on shop.customer to 'habeas_connector'@'%';
grant select, update, delete on shop.orders to 'habeas_connector'@'%';
-- tables whose rows must stay, in which fields are corrected or blanked
grant select, update on shop.invoice to 'habeas_connector'@'%';
-- tables that are only shown
grant select on shop.product to 'habeas_connector'@'%';
