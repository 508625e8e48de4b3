package org.habeas.actor;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where mail to officers goes: as the identity provider says, kept when they use the portal, or as configured for accounts of
 * which nobody says so ({@code HABEAS_STAFF_ADDRESSES=officer=kari@example.org,officer2=...}).
 */
@ApplicationScoped
public class StaffAddresses {
    public static final Duration GONE_AFTER = Duration.ofDays(60);

    /** An officer's address; {@code language} is the one she last read the portal in, where that is known. */
    public record Address(String account, String email, Optional<String> language) {
        @Override
        public String toString() {
            return account;
        }
    }

    private final AgroalDataSource database;
    private final Clock clock;
    private final Map<String, String> configured = new LinkedHashMap<>();
    private final Map<String, String> noted = new ConcurrentHashMap<>();

    StaffAddresses(
            AgroalDataSource database,
            Clock clock,
            @ConfigProperty(name = "habeas.staff-addresses") Optional<String> addresses) {
        this.database = database;
        this.clock = clock;
        addresses.map(all -> Arrays.stream(all.split(","))).ifPresent(all -> all.map(String::strip)
                .map(one -> one.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> configured.put(pair[0].strip(), pair[1].strip())));
    }

    /** Remembers an officer's address and language; asks the database once a day and whenever they change. */
    public void note(String account, String email, String language) {
        String news = email + " " + language + " "
                + clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        if (news.equals(noted.put(account, news))) {
            return;
        }
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("insert into staff_address (account, email, language, seen)"
                        + " values (?, ?, ?, ?) on conflict (account) do update"
                        + " set email = excluded.email, language = excluded.language, seen = excluded.seen")) {
            insert.setString(1, account);
            insert.setString(2, email);
            insert.setString(3, language);
            insert.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("an address cannot be kept", e);
        }
    }

    /** All that mail can go to; the address of somebody who has not been here for two months is forgotten. */
    public List<Address> all() {
        Map<String, Address> found = new LinkedHashMap<>();
        configured.forEach((account, email) -> found.put(account, new Address(account, email, Optional.empty())));
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("delete from staff_address where seen <= ?");
                var select = connection.prepareStatement(
                        "select account, email, language from staff_address order by account")) {
            delete.setObject(1, clock.instant().minus(GONE_AFTER).atOffset(ZoneOffset.UTC));
            delete.executeUpdate();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(
                            rows.getString(1),
                            new Address(rows.getString(1), rows.getString(2), Optional.of(rows.getString(3))));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the addresses cannot be read", e);
        }
        return new ArrayList<>(found.values());
    }
}
