package org.habeas.ready;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.habeas.testing.PostgresServer;

/**
 * The rows that one request over HTTP leaves behind, inserted by pgbench with as many clients and nothing else to do: two counts of
 * limits, each a transaction as in the portal, then all rows of the request in one.
 */
final class Inserts {
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");

    private static final String COPY = "inserts";

    /** As wide as the portal's own rows, whose widths are looked up. */
    private static final String SCRIPT =
            """
            \\set r random(1, 9223372036854775807)
            insert into rate_bucket values ('client:' || md5(':r'), decode(repeat('ab', 73), 'hex'), 1) on conflict (id) do update set state = excluded.state;
            insert into rate_bucket values ('mailbox:' || md5(':r'), decode(repeat('ab', 73), 'hex'), 1) on conflict (id) do update set state = excluded.state;
            begin;
            insert into vault_key (id, wrapped) values (md5('k' || ':r')::uuid, decode(repeat('ab', WRAPPED), 'hex'));
            insert into rights_request (id, version, reference, asked_right, state, organisation, channel, language, regime,
                received_at, received_on, due, vault_key, passphrase_hash, particulars_sealed)
                values (md5(':r')::uuid, 0, 'B-' || md5(':r'), 'ACCESS', 'UNVERIFIED', 'fjord-books', 'PORTAL', 'en', 'gdpr-no',
                now(), current_date, current_date + 30, md5('k' || ':r')::uuid, md5(':r'), decode(repeat('ab', PARTICULARS), 'hex'));
            insert into request_identifier (request_id, kind, value_sealed, value_hash)
                values (md5(':r')::uuid, 'email', decode(repeat('ab', IDENTIFIER), 'hex'), md5(':r'));
            insert into audit_entry (at, event, subject, actor, entry)
                values (now(), 'request.received', md5(':r')::uuid, 'person:' || left(md5(':r'), 22), decode(repeat('ab', ENTRY), 'hex'));
            insert into moment (request_id, at, what, actor, told) values (md5(':r')::uuid, now(), 'request.received', 'person', true);
            insert into identity_code (request_id, code_hash, issued_at, expires_at)
                values (md5(':r')::uuid, md5(':r'), now(), now() + interval '10 minutes');
            insert into audit_entry (at, event, subject, actor, entry)
                values (now(), 'identity.code_issued', md5(':r')::uuid, 'person:' || left(md5(':r'), 22), decode(repeat('ab', ENTRY), 'hex'));
            insert into mail (id, message_id, key_id, own_key, to_hash, sealed, posted_at, topic)
                values (md5('m' || ':r')::uuid, md5(':r'), md5('k' || ':r')::uuid, false, md5(':r'), decode(repeat('ab', MAIL), 'hex'), now(), 'code:' || ':r');
            insert into work_item (kind, subject, due_at) values ('bench.send', ':r', now() + interval '10 years');
            insert into work_item (kind, subject, due_at) values ('bench.abandon', ':r', now() + interval '10 years');
            commit;
            """;

    private Inserts() {}

    /** Makes a copy of the portal's database for them, while no portal runs: nobody can read what they insert. */
    static void copy(PostgresServer database) throws SQLException {
        try (var connection = database.superuser("postgres");
                var create = connection.createStatement()) {
            create.execute("create database " + COPY + " template habeas owner habeas");
        }
    }

    /** The script with the widths of the rows that are there. */
    static String script(PostgresServer database) throws SQLException {
        return SCRIPT.replace("WRAPPED", width(database, "vault_key", "wrapped"))
                .replace("PARTICULARS", width(database, "rights_request", "particulars_sealed"))
                .replace("IDENTIFIER", width(database, "request_identifier", "value_sealed"))
                .replace("ENTRY", width(database, "audit_entry", "entry"))
                .replace("MAIL", width(database, "mail", "sealed"));
    }

    private static String width(PostgresServer database, String table, String column) throws SQLException {
        return String.valueOf(
                database.number("select coalesce(avg(octet_length(" + column + "))::int, 100) from " + table));
    }

    /** Requests' worth of rows a second. */
    static double rate(PostgresServer database, String script, int clients, Duration time)
            throws IOException, InterruptedException, SQLException {
        Path file = Files.createTempFile("habeas", ".pgbench");
        Files.writeString(file, script);
        String address = database.url()
                .replace("jdbc:postgresql:", "postgresql:")
                .replace("//", "//habeas@")
                .replaceAll("/habeas$", "/" + COPY);
        ProcessBuilder pgbench = new ProcessBuilder(
                        "pgbench",
                        "--no-vacuum",
                        "--client=" + clients,
                        "--jobs=2",
                        "--time=" + time.toSeconds(),
                        "--file=" + file,
                        address)
                .redirectErrorStream(true);
        pgbench.environment().put("PGPASSWORD", database.password());
        Process process = pgbench.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher tps = TPS.matcher(said);
        if (process.waitFor() != 0 || !tps.find()) {
            throw new AssertionError("pgbench: " + said);
        }
        Files.delete(file);
        return Double.parseDouble(tps.group(1));
    }
}
