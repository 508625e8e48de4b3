package org.habeas.casework;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.habeas.actor.Actor;
import org.habeas.problem.Invalid;
import org.habeas.session.LocalAccounts;

/** Who works cases: the local accounts or, with a provider of sign-ins, everybody who has come as an officer before. */
@ApplicationScoped
@Transactional
class Officers {
    private final LocalAccounts accounts;
    private final AgroalDataSource database;
    private final Clock clock;
    private final Set<String> written = ConcurrentHashMap.newKeySet();

    Officers(LocalAccounts accounts, AgroalDataSource database, Clock clock) {
        this.accounts = accounts;
        this.database = database;
        this.clock = clock;
    }

    /** Remembers an officer who came, once in the life of this process. */
    void came(Actor officer) {
        if (officer.kind() != Actor.Kind.OFFICER
                || accounts.officers().contains(officer.name())
                || !written.add(officer.name())) {
            return;
        }
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("insert into officer_seen (name, seen_at) values (?, ?)"
                        + " on conflict (name) do update set seen_at = excluded.seen_at")) {
            insert.setString(1, officer.name());
            insert.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("an officer cannot be remembered", e);
        }
    }

    /** The accounts that a case can be given to. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(accounts.officers());
        if (!names.isEmpty()) {
            return names;
        }
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select name from officer_seen order by name limit 500");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the officers cannot be read", e);
        }
        return names;
    }

    /** {@link Invalid} for an account that nobody knows as an officer's. */
    void mustBeKnown(String account, Actor asking) {
        if (!account.equals(asking.name()) && !names().contains(account)) {
            throw Invalid.field("assignee", "case_problem_assignee");
        }
    }
}
