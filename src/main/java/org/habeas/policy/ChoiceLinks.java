package org.habeas.policy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.limit.ClientAddress;
import org.habeas.limit.Limits;
import org.habeas.limit.Rate;
import org.habeas.outbox.Mail;
import org.habeas.problem.Invalid;
import org.habeas.vault.Vault;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;
import org.habeas.work.Worklist;
import org.jspecify.annotations.Nullable;

/**
 * Sends a lost link again, the same one, to the address that it went to. Whoever asks hears the same and as quickly for every
 * address; whether anybody is known by it is looked up afterwards.
 */
@ApplicationScoped
class ChoiceLinks implements WorkHandler {
    static final String KIND = "policy.link";
    private static final Actor SELF = Actor.system("policy");
    /** The last ones that somebody was asked. */
    private static final int MOST = 5;

    private final Policies policies;
    private final Choices choices;
    private final Limits limits;
    private final Rate perClient;
    private final Rate perAddress;
    private final AgroalDataSource database;
    private final Vault vault;
    private final Ledger ledger;
    private final Worklist worklist;
    private final Event<NoticeDue> letters;
    private final String portal;

    ChoiceLinks(
            Policies policies,
            Choices choices,
            Limits limits,
            @ConfigProperty(name = "habeas.limit-per-client") Rate perClient,
            @ConfigProperty(name = "habeas.limit-per-address") Rate perAddress,
            AgroalDataSource database,
            Vault vault,
            Ledger ledger,
            Worklist worklist,
            Event<NoticeDue> letters,
            @ConfigProperty(name = "habeas.public-url") String portal) {
        this.policies = policies;
        this.choices = choices;
        this.limits = limits;
        this.perClient = perClient;
        this.perAddress = perAddress;
        this.database = database;
        this.vault = vault;
        this.ledger = ledger;
        this.worklist = worklist;
        this.letters = letters;
        this.portal = portal.replaceAll("/+$", "");
    }

    /** A question that was put to somebody, with her address and language still sealed. */
    private record Put(UUID id, UUID version, UUID key, byte[] sealed) {}

    /** Takes the wish, whoever it is; Invalid for what is no address, TooMany for too many. */
    void ask(@Nullable String typed, String client) {
        String address = typed == null ? "" : typed.strip();
        if (!Mail.deliverable(address)) {
            throw Invalid.field("email", "intake_email");
        }
        String person = vault.identifierHash("email", address);
        limits.take("choice-links-of-client", ClientAddress.prefix(client), perClient);
        limits.take("choice-links", person, perAddress);
        QuarkusTransaction.requiringNew().run(() -> worklist.add(KIND, person));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Duration lease() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Result work(Lease lease) {
        QuarkusTransaction.requiringNew().run(() -> put(lease.subject()).forEach(this::send));
        return Result.DONE;
    }

    private void send(Put question) {
        String[] plain = vault.openText(question.key(), question.sealed(), "notice:" + question.id())
                .split("\n", 2);
        PolicyVersion version = policies.get(question.version());
        String token = choices.open(question.id());
        letters.fire(new NoticeDue(
                UUID.randomUUID(),
                plain[1],
                plain[0],
                version,
                policies.newPurposes(version),
                portal + "/choice/" + token));
        ledger.append(Act.of("choice.link-sent", SELF).fact("version", version.id()));
    }

    private List<Put> put(String person) {
        String sql = "select n.id, n.version, c.key_id, n.sealed from notice n join campaign c on c.version = n.version"
                + " where n.person = ? and n.posted_at is not null and n.sealed is not null order by n.posted_at desc limit "
                + MOST;
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setString(1, person);
            List<Put> found = new ArrayList<>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Put(
                            rows.getObject(1, UUID.class),
                            rows.getObject(2, UUID.class),
                            rows.getObject(3, UUID.class),
                            rows.getBytes(4)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("a question cannot be found", e);
        }
    }
}
