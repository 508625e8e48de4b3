package org.habeas.identity;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.habeas.actor.SignedInPerson;
import org.habeas.request.Channel;
import org.habeas.request.Identifier;
import org.habeas.request.Reference;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.Verification;
import org.habeas.vault.Vault;

/** All requests of a signed-in person: those she made while signed in, and those whose proven identifier is hers too. */
@ApplicationScoped
public class OwnRequests {
    private static final int MOST = 200;

    /** A request as her list shows it. */
    public record Line(String reference, String right, String standing, LocalDate receivedOn, LocalDate answerBy) {}

    private final AgroalDataSource database;
    private final Requests requests;
    private final Vault vault;
    private final Clock clock;

    OwnRequests(AgroalDataSource database, Requests requests, Vault vault, Clock clock) {
        this.database = database;
        this.requests = requests;
        this.vault = vault;
        this.clock = clock;
    }

    /** The newest first. */
    @Transactional
    public List<Line> of(SignedInPerson person) {
        String sql = "select r.reference, lower(replace(r.asked_right, '_', '-')),"
                + " lower(coalesce(r.outcome, r.state)), r.received_on, r.answer_by"
                + " from rights_request r where r.id in (select s.request_id from person_subject s where s.subject_hash = ?"
                + " union select i.request_id from request_identifier i where i.value_hash = any(?)"
                + " and i.proven_at is not null) order by r.received_at desc limit " + MOST;
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setString(1, hash(person));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            person.proven().entrySet().stream()
                                    .map(p -> requests.hash(new Identifier(p.getKey(), p.getValue(), true)))
                                    .toArray()));
            List<Line> lines = new ArrayList<>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    lines.add(new Line(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getObject(4, LocalDate.class),
                            rows.getObject(5, LocalDate.class)));
                }
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException("a person's requests cannot be read", e);
        }
    }

    /** One of them, if it is hers. */
    @Transactional
    public Optional<Reference> find(SignedInPerson person, String reference) {
        return Reference.typed(reference).filter(r -> of(person).stream()
                .anyMatch(line -> line.reference().equals(r.text())));
    }

    /** Remembers that she made this request, with the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void belongs(RightsRequest request, SignedInPerson person) {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(
                        "insert into person_subject (request_id, subject_hash) values (?, ?) on conflict do nothing")) {
            insert.setObject(1, request.id());
            insert.setString(2, hash(person));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a person's request cannot be kept", e);
        }
    }

    /** A request that came with identifiers which the provider has proven needs no code: it is open at once. */
    void open(@Observes RequestEvent.Received event) {
        RightsRequest request = event.request();
        if (request.channel() == Channel.PORTAL && event.signedIn()) {
            requests.record(request.verify(event.actor(), Verification.SIGN_IN.code(), clock.instant()));
        }
    }

    private String hash(SignedInPerson person) {
        return vault.keyedHash("subject", person.subject());
    }
}
