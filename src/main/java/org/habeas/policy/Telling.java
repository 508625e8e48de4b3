package org.habeas.policy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.limit.Rate;
import org.habeas.vault.Vault;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;

/**
 * Posts the mails of a campaign, a second's worth at a time and no faster than HABEAS_NOTICE_RATE, so that other mail is
 * not held up. A batch and the note that it is posted are one transaction: killed in between, neither happened.
 */
@ApplicationScoped
class Telling implements WorkHandler {
    static final String KIND = "policy.tell";
    private static final Actor SELF = Actor.system("policy");
    private static final int MOST = 250;
    private static final Duration UNTIL_GATHERED = Duration.ofSeconds(30);

    private final Campaigns campaigns;
    private final Policies policies;
    private final Choices choices;
    private final AgroalDataSource database;
    private final Vault vault;
    private final Ledger ledger;
    private final Event<NoticeDue> letters;
    private final Clock clock;
    private final Rate rate;
    private final String portal;

    Telling(
            Campaigns campaigns,
            Policies policies,
            Choices choices,
            AgroalDataSource database,
            Vault vault,
            Ledger ledger,
            Event<NoticeDue> letters,
            Clock clock,
            @ConfigProperty(name = "habeas.notice-rate") Rate rate,
            @ConfigProperty(name = "habeas.public-url") String portal) {
        this.campaigns = campaigns;
        this.policies = policies;
        this.choices = choices;
        this.database = database;
        this.vault = vault;
        this.ledger = ledger;
        this.letters = letters;
        this.clock = clock;
        this.rate = rate;
        this.portal = portal.replaceAll("/+$", "");
    }

    private record Waiting(UUID id, byte[] sealed) {}

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
        UUID version = UUID.fromString(lease.subject());
        Optional<Campaigns.Begun> campaign = campaigns.begun(version);
        if (campaign.isEmpty()) {
            return Result.DONE;
        }
        int told = QuarkusTransaction.requiringNew().call(() -> {
            lease.renew();
            return tell(campaign.get());
        });
        if (told > 0) {
            return Result.later(pace(told));
        } else if (campaign.get().gathered()) {
            campaigns.finished(version);
            return Result.DONE;
        }
        return Result.later(UNTIL_GATHERED);
    }

    /** A second's worth, but at least one. */
    int batch() {
        long perSecond = rate.count() * 1000 / Math.max(1, rate.per().toMillis());
        return (int) Math.max(1, Math.min(MOST, perSecond));
    }

    private Duration pace(int told) {
        return rate.per().multipliedBy(told).dividedBy(rate.count());
    }

    private int tell(Campaigns.Begun campaign) throws SQLException {
        PolicyVersion version = policies.get(campaign.version());
        List<String> purposes = policies.newPurposes(version);
        try (var connection = database.getConnection()) {
            List<Waiting> waiting = waiting(connection, campaign.version());
            for (Waiting notice : waiting) {
                tell(connection, campaign, version, purposes, notice);
            }
            if (!waiting.isEmpty()) {
                ledger.append(Act.of("policy.told", SELF)
                        .fact("version", campaign.version())
                        .fact("people", waiting.size()));
            }
            return waiting.size();
        }
    }

    private List<Waiting> waiting(Connection connection, UUID version) throws SQLException {
        List<Waiting> waiting = new ArrayList<>();
        try (var select = connection.prepareStatement("select id, sealed from notice where version = ? and state ="
                + " 'waiting' and sealed is not null order by id limit ? for update skip locked")) {
            select.setObject(1, version);
            select.setInt(2, batch());
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    waiting.add(new Waiting(rows.getObject(1, UUID.class), rows.getBytes(2)));
                }
            }
        }
        return waiting;
    }

    /** The link is told in the mail and kept as a hash only. */
    private void tell(
            Connection connection,
            Campaigns.Begun campaign,
            PolicyVersion version,
            List<String> purposes,
            Waiting notice)
            throws SQLException {
        String[] plain = vault.openText(campaign.key(), notice.sealed(), "notice:" + notice.id())
                .split("\n", 2);
        String token = choices.open(notice.id());
        String link = portal + "/choice/" + token;
        letters.fire(new NoticeDue(notice.id(), plain[1], plain[0], version, purposes, link));
        try (var update =
                connection.prepareStatement("update notice set state = 'posted', posted_at = ? where id = ?")) {
            update.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
            update.setObject(2, notice.id());
            update.executeUpdate();
        }
    }
}
