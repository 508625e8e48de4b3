package org.habeas.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.vault.Vault;
import org.habeas.work.Worklist;
import org.jspecify.annotations.Nullable;

/**
 * Mail on its way out. A mail is a row in the transaction of the act that causes it: rolled back, it was never written;
 * committed, it is sent until a server has taken it, under one Message-ID however often that is tried.
 */
@ApplicationScoped
public class Outbox {
    static final String WORK = "mail.send";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String COLUMNS = "id, message_id, key_id, sealed, posted_at, state, settled_at, failure";

    private final AgroalDataSource database;
    private final Vault vault;
    private final Worklist worklist;
    private final MailServer server;
    private final Ledger ledger;
    private final Event<MailRefused> refusals;
    private final Clock clock;

    Outbox(
            AgroalDataSource database,
            Vault vault,
            Worklist worklist,
            MailServer server,
            Ledger ledger,
            Event<MailRefused> refusals,
            Clock clock) {
        this.database = database;
        this.vault = vault;
        this.worklist = worklist;
        this.server = server;
        this.ledger = ledger;
        this.refusals = refusals;
        this.clock = clock;
    }

    /** What is sealed of a mail. */
    private record Content(String to, @Nullable String sender, String subject, String text, @Nullable String html) {}

    /** Posts a mail with the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void post(Mail mail) {
        postOnce(UUID.randomUUID(), mail);
    }

    /** Posts the mail of this id, from which its Message-ID follows; a second one of the same id is none. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void postOnce(UUID id, Mail mail) {
        UUID key = mail.key().orElseGet(vault::newKey);
        // a mail of the same topic that has not gone out yet is of no use any more
        String sql = "with earlier as (update mail set state = 'outdated', settled_at = ? where topic = ?"
                + " and state = 'waiting') insert into mail (id, message_id, key_id, own_key, to_hash, sealed, posted_at,"
                + " useful_until, topic) values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing";
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql)) {
            insert.setObject(1, now);
            insert.setString(2, mail.topic().orElse(null));
            insert.setObject(3, id);
            insert.setString(4, messageId(id, mail));
            insert.setObject(5, key);
            insert.setBoolean(6, mail.key().isEmpty());
            insert.setString(7, hash(mail.to()));
            insert.setBytes(8, vault.seal(key, json(mail), context(id)));
            insert.setObject(9, now);
            insert.setObject(
                    10,
                    mail.usefulUntil().map(u -> u.atOffset(ZoneOffset.UTC)).orElse(null),
                    Types.TIMESTAMP_WITH_TIMEZONE);
            insert.setString(11, mail.topic().orElse(null));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a mail cannot be posted", e);
        }
        send(id);
    }

    /** Without a mail server it stays where it is, to be read by staff, until {@link #resume}. */
    private void send(UUID id) {
        if (server.named()) {
            worklist.add(WORK, id.toString());
        }
    }

    /** The same for the eyes of an administrator, which is written down first. */
    @Transactional
    List<Posted> read(Actor reader, Optional<String> to, int most) {
        ledger.append(Act.of("outbox.read", reader).fact("everybody", to.isEmpty()));
        return latest(to, most);
    }

    /** The last mails to this address, or to all of them, oldest first; those whose key is gone are left out. */
    @Transactional
    List<Posted> latest(Optional<String> to, int most) {
        String sql = "select " + COLUMNS + " from mail" + (to.isPresent() ? " where to_hash = ?" : "")
                + " order by posted_at desc, id limit " + most;
        List<Posted> found = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            if (to.isPresent()) {
                select.setString(1, hash(to.get()));
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    posted(rows).ifPresent(found::add);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the outbox cannot be read", e);
        }
        Collections.reverse(found);
        return found;
    }

    /** The mail, if it still has to be sent: one that is of no use any more, or whose key is gone, is settled here. */
    @Transactional
    Optional<Posted> due(UUID id) {
        String sql = "select " + COLUMNS + ", coalesce(useful_until < ?, false) as outdated from mail"
                + " where id = ? and state = 'waiting'";
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
            select.setObject(2, id);
            try (var rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                Optional<Posted> mail = rows.getBoolean("outdated") ? Optional.empty() : posted(rows);
                if (mail.isEmpty()) {
                    settle(id, Posted.State.OUTDATED, Optional.empty());
                }
                return mail;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a mail cannot be read", e);
        }
    }

    /** Writes down what became of a mail. */
    @Transactional
    void settle(UUID id, Posted.State state, Optional<String> failure) {
        if (state == Posted.State.FAILED) {
            refusals.fire(new MailRefused(id, failure.orElse("")));
        }
        update("update mail set state = ?, settled_at = ?, failure = ? where id = ? and state = 'waiting'", update -> {
            update.setString(1, state.code());
            update.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
            update.setString(3, failure.orElse(null));
            update.setObject(4, id);
        });
    }

    /**
     * Notes that a mail came back for good, as the mail system says with a status of RFC 3463. True if it is one of ours
     * that nobody had noted as refused yet.
     */
    @Transactional
    boolean bounced(String messageId, String status) {
        Optional<UUID> id = sent(messageId);
        id.ifPresent(mail -> {
            update("update mail set state = 'failed', settled_at = ?, failure = ? where id = ?", update -> {
                update.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
                update.setString(2, status);
                update.setObject(3, mail);
            });
            ledger.append(Act.of("mail.bounced", Actor.system("outbox"))
                    .fact("mail", mail)
                    .fact("status", status));
            refusals.fire(new MailRefused(mail, status));
        });
        return id.isPresent();
    }

    private Optional<UUID> sent(String messageId) {
        String sql = "select id from mail where message_id = ? and state in ('waiting', 'sent') for update";
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setString(1, messageId);
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the outbox cannot be read", e);
        }
    }

    /** Tries a mail again that a server had refused for good. */
    @Transactional
    void again(UUID id, Actor by) {
        int found = update(
                "update mail set state = 'waiting', settled_at = null, failure = null where id = ? and state = 'failed'",
                update -> update.setObject(1, id));
        if (found == 1) {
            ledger.append(Act.of("outbox.retried", by).fact("mail", id));
            send(id);
        }
    }

    /** Puts everything that waits to work, such as mail from a time without a mail server. */
    @Transactional
    void resume() {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select id from mail where state = 'waiting'");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                worklist.add(WORK, rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the outbox cannot be read", e);
        }
    }

    /** Deletes mails whose key is shredded, and those of no case that were posted before then. */
    @Transactional
    void purge(OffsetDateTime before) {
        String own = "select key_id from mail where own_key and state <> 'waiting' and posted_at < ?";
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(own)) {
            select.setObject(1, before);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    vault.shred(rows.getObject(1, UUID.class));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the outbox cannot be read", e);
        }
        int gone = update(
                "delete from mail using vault_key where vault_key.id = mail.key_id and vault_key.wrapped is null",
                delete -> {});
        if (gone > 0) {
            ledger.append(Act.of("outbox.cleared", Actor.system("outbox")).fact("mails", gone));
        }
    }

    private Optional<Posted> posted(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        try {
            Content content = JSON.readValue(
                    vault.open(row.getObject("key_id", UUID.class), row.getBytes("sealed"), context(id)),
                    Content.class);
            return Optional.of(new Posted(
                    id,
                    row.getString("message_id"),
                    row.getTimestamp("posted_at").toInstant(),
                    Posted.State.of(row.getString("state")),
                    Optional.ofNullable(row.getString("failure")),
                    content.to(),
                    Optional.ofNullable(content.sender()),
                    content.subject(),
                    content.text(),
                    Optional.ofNullable(content.html())));
        } catch (Vault.Shredded e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("a mail cannot be read", e);
        }
    }

    private interface Binding {
        void to(java.sql.PreparedStatement statement) throws SQLException;
    }

    private int update(String sql, Binding binding) {
        try (Connection connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            binding.to(statement);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the outbox cannot be written", e);
        }
    }

    private String hash(String address) {
        return vault.keyedHash("mail", address.strip().toLowerCase(Locale.ROOT));
    }

    /** RFC 5322 section 3.6.4: unique for all time; the right side is the sender's domain. */
    private static String messageId(UUID id, Mail mail) {
        String domain = mail.sender().map(s -> s.substring(s.indexOf('@') + 1)).orElse("habeas.invalid");
        return "<" + id + "@" + java.net.IDN.toASCII(domain) + ">";
    }

    private static byte[] json(Mail mail) {
        try {
            return JSON.writeValueAsBytes(new Content(
                    mail.to(),
                    mail.sender().orElse(null),
                    mail.subject(),
                    mail.text(),
                    mail.html().orElse(null)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String context(UUID id) {
        return "mail:" + id;
    }
}
