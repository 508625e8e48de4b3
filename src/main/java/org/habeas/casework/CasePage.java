package org.habeas.casework;

import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.datamap.SystemEntry;
import org.habeas.law.Ground;
import org.habeas.law.Grounds;
import org.habeas.law.Regimes;
import org.habeas.request.Answer;
import org.habeas.request.EmailAddress;
import org.habeas.request.Fee;
import org.habeas.request.Identifier;
import org.habeas.request.Reasons;
import org.habeas.request.Restriction;
import org.habeas.request.State;
import org.habeas.request.Verification;
import org.habeas.words.Words;
import org.jspecify.annotations.Nullable;

/** One case as an officer sees it: what the template may ask, and no rule of its own. */
public final class CasePage {
    private static final Set<State> UNDECIDED = EnumSet.of(State.OPEN, State.WAITING, State.REVIEW);

    private final CaseFile file;
    private final String tab;
    private final String officer;
    private final @Nullable String said;
    private final DataMap map;
    private final Words words;

    CasePage(CaseFile file, String tab, String officer, @Nullable String said, DataMap map, Words words) {
        this.file = file;
        this.tab = tab;
        this.officer = officer;
        this.said = said;
        this.map = map;
        this.words = words;
    }

    /** A part of the case with how much is in it. */
    public record Tab(String key, String url, int count, boolean current) {}

    public CaseFile getFile() {
        return file;
    }

    public String getTitle() {
        return words.say("case_title", getRightName(), getPerson());
    }

    public String getRightName() {
        return words.name("right", file.right().code());
    }

    /** Her name, or her address masked. */
    public String getPerson() {
        return file.name().filter(n -> !n.isBlank()).orElseGet(() -> file.identifiers().stream()
                .filter(i -> i.kind().equals(Identifier.EMAIL))
                .flatMap(i -> EmailAddress.of(i.value()).stream())
                .map(EmailAddress::masked)
                .findFirst()
                .orElse("•••"));
    }

    public QueuePage.Urgency getUrgency() {
        return QueuePage.Urgency.of(file.clock().daysLeft(), file.clock().urgency());
    }

    /** Why the due date is what it is, a sentence each. */
    public List<String> getWhy() {
        return Reasons.of(file.clock().why(), words);
    }

    public @Nullable String getSaid() {
        return said;
    }

    public boolean isOpen() {
        return file.state() != State.CLOSED;
    }

    public boolean isMine() {
        return file.assignee().filter(officer::equals).isPresent();
    }

    public boolean isPaused() {
        return file.clock().pauses().stream().anyMatch(p -> p.to().isEmpty());
    }

    public boolean isUndecided() {
        return UNDECIDED.contains(file.state());
    }

    public boolean isDeciding() {
        return file.state() == State.REVIEW || file.state() == State.UNVERIFIED;
    }

    /** The data may not be used for now. */
    public boolean isRestricted() {
        return file.restriction().filter(Restriction::stands).isPresent();
    }

    /** It can still be closed as a duplicate of another one. */
    public boolean isMergeable() {
        return isUndecided() || file.state() == State.UNVERIFIED;
    }

    /** Nothing can be mailed to her: letters go by post. */
    public boolean isWithoutAddress() {
        return file.identifiers().stream().noneMatch(i -> i.kind().equals(Identifier.EMAIL));
    }

    /** Grounds that the organisation must prove, with what is to be checked for each. */
    public List<Ground> getProvenGrounds() {
        return Grounds.allowed(file.right(), "refuse", file.regime()).stream()
                .filter(g -> !g.checklist().isEmpty())
                .toList();
    }

    /** What whoever approves has to check, because the one who decided did not say that she has. */
    public List<String> getUnchecked() {
        return file.decision()
                .filter(d -> d.checklist().isEmpty())
                .map(d -> Checklist.of(d.ground().orElse(null)).needed())
                .orElse(List.of());
    }

    /** Nothing more is asked before the answer. */
    public boolean isFeeless() {
        return file.fee().filter(Fee::stands).isEmpty();
    }

    /** What became of the fee, as a key of words. */
    public String getFeeState() {
        return file.fee()
                .flatMap(Fee::ending)
                .map(Fee.Ending::code)
                .orElse(file.fee().filter(Fee::asked).isPresent() ? "asked" : "proposed");
    }

    /** The currency that was typed, or that of the country whose calendar the regime counts by. */
    public String currency(String typed) {
        String country = Regimes.named(file.regime()).workingDays().country();
        if (!typed.isBlank() || country.length() != 2) {
            return typed.isBlank() ? "EUR" : typed;
        }
        return Currency.getInstance(new Locale.Builder().setRegion(country).build())
                .getCurrencyCode();
    }

    public boolean isOwnFee() {
        return file.fee().filter(f -> f.officer().equals(officer)).isPresent();
    }

    public boolean isApproving() {
        return file.state() == State.APPROVAL;
    }

    public boolean isOwnDecision() {
        return file.decision().filter(d -> d.officer().equals(officer)).isPresent();
    }

    /** A refusal that is not sent yet: its letter can be read, and edited by the one who decided. */
    public boolean isRefusing() {
        return isApproving()
                && file.decision().filter(d -> d.answer() == Answer.REFUSE).isPresent();
    }

    public String getLetterVersion() {
        return file.decision().flatMap(CaseFile.Proposal::letter).orElse("");
    }

    public String getDecidedPlan() {
        return file.decision().flatMap(CaseFile.Proposal::plan).orElse("");
    }

    public boolean isChangesData() {
        return file.right().changesData();
    }

    public boolean isGivesCopy() {
        return file.right().handsOutData();
    }

    public String getCompany() {
        return map.organisation()
                .company(file.organisation())
                .map(Organisation.Company::name)
                .orElse(file.organisation());
    }

    /** Her name, where she gave it. */
    public String getName() {
        return file.name().orElse("");
    }

    /** The lines of the address of the company that was asked, or of the group. */
    public List<String> getPostalLines() {
        Organisation organisation = map.organisation();
        return organisation
                .company(file.organisation())
                .flatMap(Organisation.Company::postalAddress)
                .or(organisation::postalAddress)
                .map(address -> address.lines().toList())
                .orElse(List.of());
    }

    public String getLanguage() {
        return Words.of(file.language()).say("words_language");
    }

    public List<Choice> getMethods() {
        return Verification.byOfficer().stream()
                .map(v -> new Choice(v.code(), words.name("case_proof", v.code())))
                .toList();
    }

    public List<Tab> getTabs() {
        List<Tab> tabs = new ArrayList<>();
        tabs.add(tab("findings", "", 0));
        if (isChangesData()) {
            tabs.add(tab("plan", "/plan", 0));
        }
        tabs.add(tab("messages", "/messages", file.messages().size()));
        tabs.add(tab("notes", "/notes", file.notes().size()));
        tabs.add(tab("recipients", "/recipients", file.unansweredRecipients()));
        tabs.add(tab("decision", "/decision", 0));
        return tabs;
    }

    public boolean byHand(String system) {
        return map.system(system)
                .filter(s -> s.kind() == SystemEntry.Kind.MANUAL)
                .isPresent();
    }

    public String groundTitle(String code) {
        return Grounds.named(code)
                .map(g -> g.citation() + ": " + g.title(words.language()))
                .orElse(code);
    }

    public String path(String part) {
        return "/cases/" + file.reference() + part;
    }

    public String caseUrl(String reference) {
        return "/cases/" + reference;
    }

    public String rowsUrl(String system, String collection) {
        return path("/findings/" + Urls.segment(system) + "/" + Urls.segment(collection));
    }

    private Tab tab(String key, String part, int count) {
        return new Tab(key, path(part), count, key.equals(tab));
    }
}
