package org.habeas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.habeas.Main;
import org.habeas.datamap.MapFolder;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The subcommands as a person at a terminal meets them. */
class CommandsTest {
    @TempDir
    Path folder;

    private record Run(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private static Run run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new Main())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new Run(code, out.toString(), err.toString());
    }

    @Test
    void deadline_says_the_day_first_and_then_why() {
        Run run = run("deadline", "2026-11-25");
        assertEquals(0, run.code());
        assertEquals("2026-12-28", run.lines().get(0));
        assertTrue(run.out().contains("moved from Friday 25 December 2026"), run.out());
        assertTrue(run.out().contains("domstolloven"), run.out());
    }

    @ParameterizedTest
    @CsvSource({"2027-01-31, gdpr-no, 2027-04-30", "2032-02-15, gdpr-no, 2032-05-18", "2026-02-02, ccpa, 2026-05-04"})
    void deadline_extended(String received, String regime, String due) {
        assertEquals(
                due,
                run("deadline", received, "--regime", regime, "--extended")
                        .lines()
                        .get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            2026-02-30           | 2026-02-30 is not a date; allowed is a day such as 2026-11-25
            yesterday            | yesterday is not a date; allowed is a day such as 2026-11-25
            2026-11-25 --regime mars | there is no regime mars; allowed is gdpr-no, gdpr, uk, ccpa, lgpd, quebec, fadp
            2026-11-25 --regime lgpd --extended | --extended is not possible: lgpd knows no extension
            2026-11-25 --paused -1 | --paused -1 is not possible; allowed is a number of days from 0 to 3650
            """)
    void deadline_refuses_in_one_line(String arguments, String why) {
        Run run = run(("deadline " + arguments).split(" "));
        assertEquals(2, run.code());
        assertEquals(why, run.err().strip());
        assertEquals("", run.out());
    }

    @Test
    void check_map_prints_every_finding_and_counts_them() {
        new MapFolder()
                .with("systems.yml", MapFolder.SYSTEMS.replace(", username: \"${DB_USER}\"", ""))
                .writeTo(folder);
        Run right = run("check-map", folder.toString());
        assertEquals(0, right.code(), right.out());
        assertTrue(right.out().endsWith(": 2 systems, 2 collections" + System.lineSeparator()), right.out());

        new MapFolder()
                .with("systems.yml", MapFolder.SYSTEMS.replace(", username: \"${DB_USER}\"", ""))
                .with("crm.yml", MapFolder.CRM.replace("on_erasure: mask", "on_erasure: burn"))
                .writeTo(folder);
        Run wrong = run("check-map", folder.toString());
        assertEquals(1, wrong.code());
        assertTrue(wrong.lines()
                .contains("crm.yml:6: error: on_erasure is burn; allowed is delete, mask, or keep: REASON"));
        assertTrue(wrong.lines().get(wrong.lines().size() - 1).startsWith("1 error, 0 warnings, "), wrong.out());
    }

    @Test
    void check_map_of_nothing_is_an_error() {
        Run run = run("check-map", folder.resolve("none").toString());
        assertEquals(1, run.code());
        assertTrue(run.out().contains("none:1: error: is no folder"));
    }

    @Test
    void discover_drafts_a_map_that_the_check_accepts() throws Exception {
        String url = TestDatabases.fresh();
        TestDatabases.execute(
                url,
                """
                create table kunde (id serial primary key, kundenr varchar(12) unique, fornavn text, etternavn text,
                    "E-post" text, "fødselsnummer" char(11), tlf text, adresse text, postnr char(4), poststed text,
                    verve_id int references kunde (id), created_at timestamptz);
                create table produkt (id int primary key, navn text, pris numeric);
                create table ordre (region char(2), nr int, kunde_id int references kunde (id), notat text,
                    primary key (region, nr));
                create table ordrelinje (region char(2), ordre_nr int, linje int, produkt_id int references produkt (id),
                    primary key (region, ordre_nr, linje), foreign key (region, ordre_nr) references ordre (region, nr));
                create table samtale (id int primary key, kunde_id int, melding text) partition by range (id);
                create table samtale_1 partition of samtale for values from (1) to (1000);
                create view kundeliste as select id, "E-post" from kunde;
                create table flyway_schema_history (installed_rank int primary key, description text);
                comment on column kunde.kundenr is 'given by "the" shop';
                """);
        Run run = run("discover", "--url", url, "--username", "postgres", "--name", "butikk");
        assertEquals(0, run.code(), run.err());
        for (String part : List.of(
                """
                          - name: "E-post"
                            data_categories: [user.contact.email]  # guess: review
                            fides_meta:
                              data_type: string
                              identity: email  # guess: review
                """,
                """
                          - name: "fødselsnummer"
                            data_categories: [user.government_id.national_identification_number]  # guess: review
                """,
                """
                            description: "given by \\"the\\" shop"
                            data_categories: [user.unique_id]  # guess: review
                """,
                """
                          - name: verve_id
                            fides_meta:
                              data_type: integer
                            # references kunde.id of the same table: another person's row, so nothing is followed
                """,
                """
                          - name: produkt_id
                            fides_meta:
                              data_type: integer
                              references:
                                - dataset: butikk
                                  field: produkt.id
                                  direction: to
                """,
                """
                                - dataset: butikk
                                  field: ordre.nr
                                  direction: from
                                  habeas: {group: ordrelinje_region_ordre_nr_fkey}
                """,
                """
                                  field: kunde.id  # guess: review, by its name
                                  direction: from
                """)) {
            assertTrue(run.out().contains(part.indent(0)), part + "\nnot in\n" + run.out());
        }
        assertTrue(!run.out().contains("samtale_1"), "parts of a partitioned table are not listed");

        check("butikk", run.out(), "butikk.produkt", false);
    }

    @Test
    void discover_reads_other_databases_too() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
                Statement statement = connection.createStatement()) {
            statement.execute("create table \"Order\" (\"Order No\" int primary key, \"CustomerEmail\" varchar(200),"
                    + " \"on\" boolean, total decimal(9, 2))");
            statement.execute("create table line (id int primary key, order_no int references \"Order\")");
            Run run = run("discover", "--url", "jdbc:h2:mem:shop", "--schema", "PUBLIC", "--name", "shop");
            assertEquals(0, run.code(), run.err());
            assertTrue(run.out().contains("field: \"Order.Order No\""), run.out());
            assertTrue(run.out().contains("- name: \"on\""), run.out());
            check("shop", run.out(), "shop.LINE", true);
        }
    }

    @Test
    void discover_says_what_went_wrong_in_a_line() {
        assertEquals(
                2, run("discover", "--url", "jdbc:h2:mem:", "--name", "a b").code());
        assertEquals(
                2, run("discover", "--url", "postgresql://x", "--name", "a").code());
        assertEquals(2, run("discover", "--name", "a").code());
        Run unknown = run("discover", "--url", "jdbc:nothing:x", "--name", "a");
        assertEquals(1, unknown.code());
        assertEquals(1, unknown.err().strip().lines().count(), unknown.err());
        Run unreachable = run("discover", "--url", "jdbc:postgresql://127.0.0.1:1/x", "--name", "a");
        assertEquals(1, unreachable.code());
        assertTrue(unreachable.err().startsWith("The database cannot be read: "), unreachable.err());
    }

    /** The draft as it is, in a folder with the least beside it. */
    private void check(String system, String draft, String collection, boolean reachable) throws Exception {
        Files.writeString(folder.resolve("organisation.yml"), "name: A\ncontact: a@b.example\n");
        Files.writeString(
                folder.resolve("systems.yml"), "systems: [{name: " + system + ", kind: jdbc, url: 'jdbc:x:'}]\n");
        Files.writeString(folder.resolve(system + ".yml"), draft);
        Run run = run("check-map", folder.toString());
        assertEquals(0, run.code(), run.out());
        assertTrue(run.out().contains(" 0 warnings") || run.out().contains("warning"), run.out());
        assertEquals(
                reachable || !collection.isEmpty(), !run.out().contains(collection + " cannot be reached"), run.out());
    }
}
