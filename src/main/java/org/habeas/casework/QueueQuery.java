package org.habeas.casework;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.habeas.datamap.Organisation;
import org.habeas.request.Reference;
import org.habeas.vault.Secrets;

/** The one statement behind a page of the queue. */
final class QueueQuery {
    private static final String COLUMNS = "select r.id, r.reference, r.asked_right, r.state, r.outcome, r.organisation,"
            + " r.regime, r.received_at, r.received_on, r.due, r.extended_to, r.assignee, r.rows_found, r.vault_key,"
            + " (select i.value_sealed from request_identifier i where i.request_id = r.id and i.kind = 'email'"
            + " order by i.id limit 1) as address,"
            + " exists (select 1 from restriction x where x.request_id = r.id and x.lifted_at is null) as restricted, ";

    /** In so many cases a word may stand that all of them are found. */
    private static final int COMMON = 500;

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> arguments = new ArrayList<>();
    private final Sort sort;
    private final int limit;

    /** How identifiers and words are kept: as keyed hashes; the word that stands in the fewest cases first. */
    interface Hashes {
        List<String> identifiers(String value);

        List<String> words(String text);
    }

    QueueQuery(QueueFilter filter, Organisation.Remit remit, Optional<Cursor> after, LocalDate today, Hashes hashes) {
        this.sort = filter.sort();
        this.limit = filter.limit() + 1;
        if (!filter.states().isEmpty()) {
            // as literals, so that the planner sees that an index over open cases fits
            conditions.add(filter.states().stream()
                    .map(state -> "'" + state.name() + "'")
                    .collect(Collectors.joining(", ", "r.state in (", ")")));
        }
        if (!remit.whole()) {
            where(Remits.CONDITION, remit.companies().toArray(String[]::new), remit.listed());
        }
        filter.right().ifPresent(right -> where("r.asked_right = ?", right.name()));
        filter.assignee().ifPresent(this::assignee);
        filter.overdue().ifPresent(overdue -> overdue(overdue, today));
        filter.within().ifPresent(days -> where("r.answer_by between ? and ?", today, today.plusDays(days)));
        filter.waiting().ifPresent(waiting -> where(waiting(waiting.whom()), waiting.officer()));
        if (filter.restricted()) {
            conditions.add("r.id in (select x.request_id from restriction x where x.lifted_at is null)");
        }
        filter.words().ifPresent(words -> words(words, hashes));
        after.ifPresent(cursor -> where(sort.after(), cursor.value(), cursor.id()));
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        // the page is found in an index alone; only its own rows are opened
        PreparedStatement select = connection.prepareStatement(COLUMNS + sort.value()
                + " as cursor from (select r.id from rights_request r" + where + " order by " + sort.orderBy()
                + " limit "
                + limit + ") page join rights_request r on r.id = page.id order by " + sort.orderBy());
        for (int i = 0; i < arguments.size(); i++) {
            Object argument = arguments.get(i);
            select.setObject(
                    i + 1, argument instanceof String[] array ? connection.createArrayOf("text", array) : argument);
        }
        return select;
    }

    private void assignee(String account) {
        if (account.equals(QueueFilter.NOBODY)) {
            conditions.add("r.assignee is null");
        } else {
            where("r.assignee = ?", account);
        }
    }

    private void overdue(boolean overdue, LocalDate today) {
        String past = "(r.state <> 'CLOSED' and r.answer_by < ?)";
        where(overdue ? past : "not " + past, today);
    }

    /** Whose decision waits for approval tells the officers apart; one who decided waits for another. */
    static String waiting(QueueFilter.Waiting.Whom whom) {
        return switch (whom) {
            case ME -> "r.state = 'APPROVAL' and r.decider <> ?";
                // a case and not an "or", which would be read by state and sorted whole
            case OTHERS -> "case r.state when 'OPEN' then true when 'WAITING' then true"
                    + " when 'APPROVAL' then r.decider = ? else false end and r.state <> 'CLOSED'";
        };
    }

    private void words(String words, Hashes hashes) {
        Optional<Reference> reference = Reference.typed(words);
        String symbols = Secrets.normal(words);
        if (reference.isPresent()) {
            where("r.reference = ?", reference.get().text());
        } else if (symbols.matches("H[0-9A-HJKMNP-TV-Z]{2,9}")
                && words.toUpperCase(java.util.Locale.ROOT).startsWith("H-")) {
            where(
                    "r.id = any(array(select b.id from rights_request b where replace(b.reference, '-', '') like ? limit 1000))",
                    symbols + "%");
        } else {
            identifiersOrWords(hashes.identifiers(words).toArray(String[]::new), hashes.words(words));
        }
    }

    /** An identifier, or every word of what was written; of words that stand in more cases, the last that came in. */
    private void identifiersOrWords(String[] identifiers, List<String> words) {
        List<Object> values = new ArrayList<>(List.of((Object) identifiers));
        StringBuilder which =
                new StringBuilder("select i.request_id from request_identifier i where i.value_hash = any(?)");
        if (!words.isEmpty()) {
            which.append(" union all (select w.request_id from case_word w where w.word = ?");
            words.stream()
                    .skip(1)
                    .limit(9)
                    .forEach(more -> which.append(" and (select true from case_word v where v.word = ?"
                            + " and v.received_at = w.received_at and v.request_id = w.request_id)"));
            which.append(" order by w.received_at desc limit " + COMMON + ")");
            words.stream().limit(10).forEach(values::add);
        }
        // as an array: found first, and then looked at, whatever the planner thinks of how common a word is
        where("r.id = any(array(" + which + "))", values.toArray());
    }

    private void where(String condition, Object... values) {
        conditions.add(condition);
        arguments.addAll(List.of(values));
    }
}
