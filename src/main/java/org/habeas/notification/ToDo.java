package org.habeas.notification;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;

/** What an officer has to do on a day, read along the indexes over open cases. */
@ApplicationScoped
class ToDo {
    private static final int SOON = 5;
    private static final int MOST = 500;

    /** Why something is on the list, in the order of the mail. */
    enum Kind {
        OVERDUE,
        DUE_SOON,
        WAITING,
        TO_APPROVE,
        NOBODYS,
        HOLDS;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A case by its reference, or a hold, which has no name that could be told; and the day that matters. */
    record Item(String name, Optional<String> right, LocalDate day) {}

    record Part(Kind kind, List<Item> items) {}

    private static final String CASES = "select r.reference, lower(replace(r.asked_right, '_', '-')),"
            + " r.answer_by from rights_request r where r.state not in ('CLOSED', 'UNVERIFIED') and (r.organisation = any(?)) = ? and ";
    private static final String ORDER = " order by r.answer_by, r.id limit " + MOST;

    private final AgroalDataSource database;
    private final Organisation organisation;

    ToDo(AgroalDataSource database, DataMap map) {
        this.organisation = map.organisation();
        this.database = database;
    }

    /** Only what there is something of. */
    List<Part> of(String account, LocalDate day) {
        List<Part> parts = new ArrayList<>();
        LocalDate soon = day.plusDays(SOON);
        Organisation.Remit remit = organisation.remit(account);
        try (var connection = database.getConnection()) {
            add(parts, Kind.OVERDUE, cases(connection, remit, "r.assignee = ? and r.answer_by < ?", account, day));
            add(
                    parts,
                    Kind.DUE_SOON,
                    cases(connection, remit, "r.assignee = ? and r.answer_by between ? and ?", account, day, soon));
            add(parts, Kind.WAITING, cases(connection, remit, "r.assignee = ? and r.state = 'REVIEW'", account));
            add(parts, Kind.TO_APPROVE, cases(connection, remit, "r.state = 'APPROVAL' and r.decider <> ?", account));
            add(parts, Kind.NOBODYS, cases(connection, remit, "r.assignee is null and r.answer_by <= ?", soon));
            add(parts, Kind.HOLDS, holds(connection, account, day));
        } catch (SQLException e) {
            throw new IllegalStateException("what is to do cannot be read", e);
        }
        return parts;
    }

    private static void add(List<Part> parts, Kind kind, List<Item> items) {
        if (!items.isEmpty()) {
            parts.add(new Part(kind, items));
        }
    }

    private static List<Item> cases(Connection connection, Organisation.Remit remit, String which, Object... values)
            throws SQLException {
        List<Item> items = new ArrayList<>();
        try (var select = connection.prepareStatement(CASES + which + ORDER)) {
            select.setArray(
                    1, connection.createArrayOf("text", remit.companies().toArray()));
            select.setBoolean(2, remit.listed());
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 3, values[i]);
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    items.add(new Item(
                            rows.getString(1), Optional.of(rows.getString(2)), rows.getObject(3, LocalDate.class)));
                }
            }
        }
        return items;
    }

    private static List<Item> holds(Connection connection, String account, LocalDate day) throws SQLException {
        List<Item> items = new ArrayList<>();
        try (var select = connection.prepareStatement("select review_on from legal_hold"
                + " where lifted_at is null and placed_by = ? and review_on <= ? order by review_on limit " + MOST)) {
            select.setString(1, account);
            select.setObject(2, day);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    items.add(new Item("", Optional.empty(), rows.getObject(1, LocalDate.class)));
                }
            }
        }
        return items;
    }
}
