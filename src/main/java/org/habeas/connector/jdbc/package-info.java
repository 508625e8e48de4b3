/** Databases over JDBC: PostgreSQL, MariaDB and MySQL with all they can, any other driver with what SQL promises. */
package org.habeas.connector.jdbc;
