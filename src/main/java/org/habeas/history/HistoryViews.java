package org.habeas.history;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Anchors;
import org.habeas.audit.EntrySearch;
import org.habeas.audit.SignedHistory;
import org.habeas.problem.Invalid;
import org.habeas.request.Reference;
import org.jspecify.annotations.Nullable;

/** Makes the history page: how the signing stands, and the entries that were looked for. */
@ApplicationScoped
class HistoryViews {
    private static final int PAGE = 50;
    /** So many intervals without a signature although there is news, and the page says so. */
    private static final int LATE = 3;

    private final SignedHistory history;
    private final EntrySearch entries;
    private final CaseGlance cases;
    private final Reading reading;
    private final Anchors anchors;
    private final Clock clock;
    private final Duration every;
    private final Duration mailEvery;

    HistoryViews(
            SignedHistory history,
            EntrySearch entries,
            CaseGlance cases,
            Reading reading,
            Anchors anchors,
            Clock clock,
            @ConfigProperty(name = "habeas.checkpoint-every") Duration every,
            @ConfigProperty(name = "habeas.anchor-mail-every") Duration mailEvery) {
        this.history = history;
        this.entries = entries;
        this.cases = cases;
        this.reading = reading;
        this.anchors = anchors;
        this.clock = clock;
        this.every = every;
        this.mailEvery = mailEvery;
    }

    /** The page for this search, which is itself written down. */
    HistoryView of(HistoryQuery query, Actor auditor) {
        HistoryView.Form form = form(query);
        try {
            Optional<Reference> reference = query.typedReference();
            Optional<CaseGlance.Facts> glance = reference.flatMap(cases::find);
            if (reference.isPresent() && glance.isEmpty()) {
                throw Invalid.field("reference", "history_unknown");
            }
            EntrySearch.Wanted wanted = query.wanted(glance.map(CaseGlance.Facts::id));
            Act act = Act.of("history.searched", auditor).fact("by", by(form).isEmpty() ? null : by(form));
            reading.note(glance.map(one -> act.about(one.id())).orElse(act));
            return view(form, lines(wanted), glance, Invalid.nothing());
        } catch (Invalid wrong) {
            return view(form, List.of(), Optional.empty(), wrong);
        }
    }

    /** The page for a period that is none. */
    HistoryView wrong(@Nullable String from, @Nullable String to, Invalid errors) {
        HistoryView.Form form = new HistoryView.Form("", text(from), text(to), "", "");
        return view(form, List.of(), Optional.empty(), errors);
    }

    private HistoryView view(
            HistoryView.Form form, List<HistoryView.Line> lines, Optional<CaseGlance.Facts> glance, Invalid errors) {
        SignedHistory.Standing standing = history.standing();
        Duration age = standing.head()
                .map(head -> Duration.between(head.at(), clock.instant()))
                .orElse(Duration.ZERO);
        boolean late = standing.uncovered() > 0 && age.compareTo(every.multipliedBy(LATE)) > 0;
        boolean more = lines.size() > PAGE;
        List<HistoryView.Line> shown = more ? lines.subList(0, PAGE) : lines;
        Optional<String> older =
                more ? Optional.of(address(form, shown.get(PAGE - 1).entry().row())) : Optional.empty();
        return new HistoryView(
                form, standing, new HistoryView.Signing(age, late), anchored(standing), shown, older, glance, errors);
    }

    private List<HistoryView.Anchored> anchored(SignedHistory.Standing standing) {
        return anchors.standing().stream()
                .map(anchor -> anchored(anchor, standing))
                .toList();
    }

    /** A place is late where it has not got the last head although it has had the time for it. */
    private HistoryView.Anchored anchored(Anchors.Anchor anchor, SignedHistory.Standing standing) {
        Duration allowed = anchor.kind() == Anchors.Kind.MAIL ? mailEvery.plus(every) : every.multipliedBy(LATE);
        Optional<Duration> age = anchor.last().map(reached -> Duration.between(reached.at(), clock.instant()));
        boolean behind = standing.head()
                .filter(head -> anchor.last()
                        .filter(reached -> reached.size() >= head.checkpoint().size())
                        .isEmpty())
                .filter(head ->
                        age.orElse(Duration.between(head.at(), clock.instant())).compareTo(allowed) > 0)
                .isPresent();
        return new HistoryView.Anchored(
                anchor.kind(), anchor.last(), age.map(one -> new HistoryView.Signing(one, behind)), behind);
    }

    private List<HistoryView.Line> lines(EntrySearch.Wanted wanted) {
        List<EntrySearch.Found> found = entries.find(wanted, PAGE + 1);
        List<UUID> subjects =
                found.stream().flatMap(entry -> entry.subject().stream()).toList();
        Map<UUID, String> references = cases.references(subjects);
        return found.stream()
                .map(entry -> new HistoryView.Line(entry, entry.subject().map(references::get)))
                .toList();
    }

    private static String by(HistoryView.Form form) {
        return Stream.of(
                        form.reference().isEmpty() ? "" : "reference",
                        form.from().isEmpty() && form.to().isEmpty() ? "" : "period",
                        form.officer().isEmpty() ? "" : "officer",
                        form.event().isEmpty() ? "" : "event")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String address(HistoryView.Form form, long before) {
        return Stream.of(
                        parameter("reference", form.reference()),
                        parameter("from", form.from()),
                        parameter("to", form.to()),
                        parameter("officer", form.officer()),
                        parameter("event", form.event()),
                        "before=" + before)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("&", "/history?", ""));
    }

    private static String parameter(String name, String value) {
        return value.isEmpty() ? "" : name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static HistoryView.Form form(HistoryQuery query) {
        return new HistoryView.Form(
                text(query.reference), text(query.from), text(query.to), text(query.officer), text(query.event));
    }

    private static String text(@Nullable String typed) {
        return HistoryQuery.given(typed).orElse("");
    }
}
