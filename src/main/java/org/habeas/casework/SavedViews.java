package org.habeas.casework;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.habeas.actor.Actor;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.problem.Text;
import org.jspecify.annotations.Nullable;

/** Looks at the queue that officers keep under a name of their own: the filters, as they stand in the address. */
@ApplicationScoped
@Transactional
public class SavedViews {
    private static final int NAME = 60;
    private static final int QUERY = 1_000;
    private static final int MOST = 50;
    private static final Set<String> PARTS =
            Set.of("q", "right", "state", "assignee", "overdue", "within", "waiting", "restricted", "sort");

    private final AgroalDataSource database;

    SavedViews(AgroalDataSource database) {
        this.database = database;
    }

    /** A look that was kept; {@code query} is the part of the address after the question mark. */
    public record Saved(UUID id, String name, String query) {
        public String url() {
            return "/cases?" + query;
        }
    }

    /** The filters of an address of the queue, and nothing else of it. */
    static String query(@Nullable String address) {
        String asked = address == null ? "" : address.substring(address.indexOf('?') + 1);
        return Arrays.stream(asked.split("&"))
                .filter(part -> part.matches("[a-z]+=[A-Za-z0-9%+._*-]{1,300}"))
                .filter(part -> PARTS.contains(part.substring(0, part.indexOf('='))))
                .collect(Collectors.joining("&"));
    }

    /** Keeps an address of the queue; under a name that the officer has used already it takes the other's place. */
    public Saved keep(Actor officer, @Nullable String name, @Nullable String address) {
        String as = Text.required("name", Text.line("name", name, NAME));
        String query = query(address);
        if (query.isEmpty() || query.length() > QUERY) {
            throw Invalid.field("query", "queue_problem_view");
        }
        if (of(officer.name()).size() >= MOST) {
            throw Invalid.field("name", "queue_problem_views(" + MOST + ")");
        }
        String sql = "insert into saved_view (id, officer, name, query) values (?, ?, ?, ?) on conflict (officer, name)"
                + " do update set query = excluded.query returning id";
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql)) {
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, officer.name());
            insert.setString(3, as);
            insert.setString(4, query);
            try (var row = insert.executeQuery()) {
                row.next();
                return new Saved(row.getObject(1, UUID.class), as, query);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a view cannot be kept", e);
        }
    }

    /** Drops one of her own; another one's is not found. */
    public void drop(Actor officer, String id) {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("delete from saved_view where officer = ? and id::text = ?")) {
            delete.setString(1, officer.name());
            delete.setString(2, id);
            if (delete.executeUpdate() == 0) {
                throw new NotFound("queue_problem_no_view");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a view cannot be dropped", e);
        }
    }

    public List<Saved> of(String officer) {
        List<Saved> saved = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "select id, name, query from saved_view where officer = ? order by name")) {
            select.setString(1, officer);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    saved.add(new Saved(rows.getObject(1, UUID.class), rows.getString(2), rows.getString(3)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("views cannot be read", e);
        }
        return saved;
    }
}
