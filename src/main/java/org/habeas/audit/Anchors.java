package org.habeas.audit;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The places outside the operator's hands that get copies of signed heads, and how far each has got. Only what lies there
 * can show that a database was rolled back or rewritten as a whole.
 */
@ApplicationScoped
public class Anchors {
    /** Where a head can go. */
    public enum Kind {
        FOLDER,
        MAIL,
        WEBHOOK;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The newest head that came there. */
    public record Reached(long size, Instant at) {}

    /** A place that is set, with the newest head that came there, if any did. */
    public record Anchor(Kind kind, Optional<Reached> last) {}

    private final AgroalDataSource database;
    private final Map<Kind, String> places = new EnumMap<>(Kind.class);
    private final Clock clock;

    Anchors(
            AgroalDataSource database,
            @ConfigProperty(name = "habeas.anchor-folder") Optional<String> folder,
            @ConfigProperty(name = "habeas.anchor-mail") Optional<String> mail,
            @ConfigProperty(name = "habeas.anchor-webhook") Optional<String> webhook,
            Clock clock) {
        this.database = database;
        folder.ifPresent(place -> places.put(Kind.FOLDER, place));
        mail.ifPresent(place -> places.put(Kind.MAIL, place));
        webhook.ifPresent(place -> places.put(Kind.WEBHOOK, place));
        this.clock = clock;
    }

    /** The address or folder of this kind, where one is set. */
    public Optional<String> place(Kind kind) {
        return Optional.ofNullable(places.get(kind));
    }

    /** Every place that is set. */
    public List<Anchor> standing() {
        Map<Kind, Reached> reached = reached();
        List<Anchor> anchors = new ArrayList<>();
        places.keySet().forEach(kind -> anchors.add(new Anchor(kind, Optional.ofNullable(reached.get(kind)))));
        return anchors;
    }

    /** When the last head came there. */
    public Optional<Instant> last(Kind kind) {
        return Optional.ofNullable(reached().get(kind)).map(Reached::at);
    }

    /** Writes down that the head of this size came there, unless a later one did before. */
    @Transactional
    public void reached(Kind kind, long size) {
        try (var connection = database.getConnection();
                var upsert = connection.prepareStatement("insert into audit_anchor (kind, size, at) values (?, ?, ?) on"
                        + " conflict (kind) do update set size = excluded.size, at = excluded.at where"
                        + " audit_anchor.size <= excluded.size")) {
            upsert.setString(1, kind.code());
            upsert.setLong(2, size);
            upsert.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
            upsert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("an anchor cannot be noted", e);
        }
    }

    private Map<Kind, Reached> reached() {
        Map<Kind, Reached> reached = new EnumMap<>(Kind.class);
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select kind, size, at from audit_anchor");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                reached.put(
                        Kind.valueOf(rows.getString(1).toUpperCase(Locale.ROOT)),
                        new Reached(
                                rows.getLong(2),
                                rows.getObject(3, OffsetDateTime.class).toInstant()));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the anchors cannot be read", e);
        }
        return reached;
    }
}
