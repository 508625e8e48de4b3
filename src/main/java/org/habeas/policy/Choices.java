package org.habeas.policy;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.problem.NotFound;
import org.habeas.vault.Secrets;
import org.habeas.vault.Vault;

/**
 * What people chose about a different use of their data. Nobody has chosen who said nothing (Article 4(11)); the last
 * choice counts, and taking consent back is the same two clicks as giving it (Article 7(3)).
 */
@ApplicationScoped
@Transactional
public class Choices {
    private final AgroalDataSource database;
    private final Policies policies;
    private final Vault vault;
    private final Ledger ledger;
    private final Clock clock;

    Choices(AgroalDataSource database, Policies policies, Vault vault, Ledger ledger, Clock clock) {
        this.database = database;
        this.policies = policies;
        this.vault = vault;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What somebody chose last, and when. */
    public record Chosen(boolean accepted, Instant at) {}

    /** A question that was put to somebody, with what she said to it so far. */
    record Question(
            UUID notice, String person, PolicyVersion version, List<String> purposes, Optional<Chosen> chosen) {}

    /** A question as it stands with a person, for her own eyes; {@code state} is {@code posted} or {@code bounced}. */
    public record Told(
            PolicyVersion version, List<String> purposes, Instant at, boolean bounced, Optional<Chosen> chosen) {}

    /**
     * The token of a question's link, which from now on opens it: 140 bits that follow from the portal's key, so that a lost
     * link can be sent again without the old one being closed, and of which only a hash is kept.
     */
    String open(UUID notice) {
        String token = Secrets.passphrase(
                        Base64.getUrlDecoder().decode(vault.keyedHash("choice-link", notice.toString())))
                .replace("-", "");
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("update notice set token_hash = ? where id = ?")) {
            update.setString(1, hash(vault, token));
            update.setObject(2, notice);
            update.executeUpdate();
            return token;
        } catch (SQLException e) {
            throw new IllegalStateException("a question cannot be opened", e);
        }
    }

    static String hash(Vault vault, String token) {
        return vault.keyedHash("choice", Secrets.normal(token));
    }

    /** The question behind a link, or {@link NotFound}. */
    Question question(String token) {
        return find(token, "").orElseThrow(() -> new NotFound("choice_unknown"));
    }

    /** Chooses; the same again changes nothing. {@code language} is that of the text that was shown. */
    Question choose(String token, boolean accepted, String language, String how) {
        Question question = find(token, " for update of n").orElseThrow(() -> new NotFound("choice_unknown"));
        if (question.chosen().filter(c -> c.accepted() == accepted).isPresent()) {
            return question;
        }
        String shown = question.version().languageFor(language);
        String digest = textDigest(question.version(), shown);
        insert(question, accepted, digest, shown, how);
        ledger.append(Act.of(accepted ? "choice.accepted" : "choice.declined", Actor.person(question.person()))
                .fact("version", question.version().id())
                .fact("text", digest)
                .fact("language", shown)
                .fact("how", how));
        return find(token, "").orElseThrow();
    }

    /** SHA-256 of the text that somebody said yes or no to: what changes, and the policy that it changes to. */
    static String textDigest(PolicyVersion version, String language) {
        PolicyText text = version.text(language);
        return PolicyTable.sha256(text.change() + "\n\n" + text.markdown());
    }

    /** What a person was asked, the oldest question first; {@code person} is the keyed hash of her address. */
    public List<Told> told(List<String> people) {
        String sql = "select n.version, n.posted_at, n.state, l.accepted, l.chosen_at from notice n left join lateral"
                + " (select accepted, chosen_at from choice where notice = n.id order by position desc limit 1) l on true"
                + " where n.person = any(?) and n.posted_at is not null order by n.posted_at, n.id";
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("text", people.toArray()));
            try (var rows = select.executeQuery()) {
                List<Told> told = new ArrayList<>();
                while (rows.next()) {
                    PolicyVersion version = policies.get(rows.getObject(1, UUID.class));
                    told.add(new Told(
                            version,
                            policies.newPurposes(version),
                            rows.getTimestamp(2).toInstant(),
                            rows.getString(3).equals("bounced"),
                            chosen(rows, 4)));
                }
                return told;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("choices cannot be read", e);
        }
    }

    private Optional<Question> find(String token, String lock) {
        String sql = "select n.id, n.version, n.person, l.accepted, l.chosen_at from notice n left join lateral (select"
                + " accepted, chosen_at from choice where notice = n.id order by position desc limit 1) l on true"
                + " where n.token_hash = ?" + lock;
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setString(1, hash(vault, token));
            try (var rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                PolicyVersion version = policies.get(rows.getObject(2, UUID.class));
                return Optional.of(new Question(
                        rows.getObject(1, UUID.class),
                        rows.getString(3),
                        version,
                        policies.newPurposes(version),
                        chosen(rows, 4)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a choice cannot be read", e);
        }
    }

    private static Optional<Chosen> chosen(ResultSet row, int column) throws SQLException {
        boolean accepted = row.getBoolean(column);
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new Chosen(accepted, row.getTimestamp(column + 1).toInstant()));
    }

    /** One at a time, so that a position that can be read has all before it. */
    private void insert(Question question, boolean accepted, String digest, String language, String how) {
        String sql = "insert into choice (notice, version, person, accepted, text_digest, language, how, chosen_at)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?)";
        try (var connection = database.getConnection();
                var lock = connection.prepareStatement("select pg_advisory_xact_lock(hashtext('policy.choice'))");
                var insert = connection.prepareStatement(sql)) {
            lock.execute();
            insert.setObject(1, question.notice());
            insert.setObject(2, question.version().id());
            insert.setString(3, question.person());
            insert.setBoolean(4, accepted);
            insert.setString(5, digest);
            insert.setString(6, language);
            insert.setString(7, how);
            insert.setObject(8, clock.instant().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a choice cannot be kept", e);
        }
    }
}
