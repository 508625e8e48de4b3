package org.habeas.request;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.law.Assurance;
import org.habeas.law.Deadline;
import org.habeas.law.Regime;
import org.habeas.law.Regimes;
import org.habeas.law.Right;
import org.habeas.problem.NotPossible;
import org.jspecify.annotations.Nullable;

/**
 * One request of one person to one controller, and the only thing that changes its state (contract section 5). Every
 * command names the states it starts from and returns what happened; {@link Requests#record} writes that down.
 */
@Entity
@Table(name = "rights_request")
public class RightsRequest {
    /** What follows from an act by itself is nobody's act: each act has one entry in its actor's name. */
    private static final Actor ITSELF = Actor.system("request");

    @Id
    private UUID id;

    @Version
    private int version;

    private String reference;

    @Enumerated(EnumType.STRING)
    @Column(name = "asked_right")
    private Right right;

    @Enumerated(EnumType.STRING)
    private State state;

    @Enumerated(EnumType.STRING)
    private @Nullable Outcome outcome;

    private String organisation;

    @Enumerated(EnumType.STRING)
    private Channel channel;

    private String language;
    private String regime;

    @Column(name = "received_at")
    private Instant receivedAt;

    @Embedded
    private Term term;

    @Column(name = "verified_at")
    private @Nullable Instant verifiedAt;

    @Column(name = "verification_method")
    private @Nullable String verificationMethod;

    @Column(name = "closed_at")
    private @Nullable Instant closedAt;

    private @Nullable String assignee;

    @Column(name = "assigned_at")
    private @Nullable Instant assignedAt;

    @OneToOne(fetch = FetchType.EAGER, cascade = jakarta.persistence.CascadeType.PERSIST)
    @JoinColumn(name = "decision_id")
    private @Nullable Decision decision;

    private @Nullable String approver;

    @Column(name = "begun_at")
    private @Nullable Instant begunAt;

    @Column(name = "systems_searched")
    private @Nullable Integer systemsSearched;

    @Column(name = "rows_found")
    private @Nullable Long rowsFound;

    @Column(name = "rows_changed")
    private @Nullable Long rowsChanged;

    @Column(name = "rows_erased")
    private @Nullable Long rowsErased;

    @Column(name = "rows_retained")
    private @Nullable Long rowsRetained;

    @Column(name = "package_until")
    private @Nullable Instant packageUntil;

    /** The key under which everything personal of this case is sealed. */
    @Column(name = "vault_key")
    private UUID vaultKey;

    @Column(name = "passphrase_hash")
    @Nullable
    String passphraseHash;

    @Column(name = "particulars_sealed")
    byte @Nullable [] particularsSealed;

    protected RightsRequest() {}

    /** A request that came in; nobody has proven anything yet. The clock has run since {@code receivedOn}. */
    static RightsRequest received(Receipt receipt, UUID vaultKey) {
        RightsRequest request = new RightsRequest();
        request.id = UUID.randomUUID();
        request.reference = Reference.random().text();
        request.right = receipt.right();
        request.state = State.UNVERIFIED;
        request.organisation = receipt.company();
        request.channel = receipt.channel();
        request.language = receipt.language();
        request.regime = receipt.regime();
        request.receivedAt = receipt.receivedAt();
        request.vaultKey = vaultKey;
        request.term = new Term(receipt.receivedOn(), request.law());
        return request;
    }

    // ---- commands

    /** Identity is proven: opens the request, or adds to what is already proven. */
    public RequestEvent verify(Actor by, String method, Instant now) {
        from("identity is proven", State.UNVERIFIED, State.OPEN, State.WAITING, State.REVIEW);
        Assurance before = assurance();
        if (verificationMethod == null || !before.satisfies(Verification.assurance(method))) {
            verificationMethod = method;
        }
        if (verifiedAt == null) {
            verifiedAt = now;
            state = State.OPEN;
            clockMayStart(Regime.Start.IDENTITY, now);
            return new RequestEvent.Opened(this, by, method);
        }
        if (state == State.REVIEW) {
            // more is known of the person than was searched for
            state = State.OPEN;
        }
        return new RequestEvent.Proven(this, by, method);
    }

    /** An officer asks the person something without whose answer the case cannot go on. */
    public RequestEvent ask(Actor officer) {
        from("the person is asked", State.OPEN, State.REVIEW);
        state = State.WAITING;
        return new RequestEvent.QuestionAsked(this, officer);
    }

    /** The person answered what she was asked. */
    public RequestEvent answered(Actor person) {
        from("the person answers", State.WAITING);
        state = State.OPEN;
        return new RequestEvent.QuestionAnswered(this, person);
    }

    /** Every system has answered or was waived; {@code rows} is how many were found. */
    public RequestEvent searched(Actor by, int systems, long rows) {
        from("the search ends", State.OPEN);
        systemsSearched = systems;
        rowsFound = rows;
        state = State.REVIEW;
        return new RequestEvent.Searched(this, by);
    }

    /**
     * An officer decides. With four eyes it waits for another officer's approval; else it is carried out. Without a
     * proven identity only a refusal because nobody can be identified is possible (Articles 11, 12(2)).
     */
    public List<RequestEvent> decide(
            Actor officer,
            Answer answer,
            @Nullable String ground,
            @Nullable String plan,
            boolean fourEyes,
            Instant now) {
        boolean unidentified = answer == Answer.REFUSE && "art-12-2".equals(ground);
        if (unidentified) {
            from("a decision", State.UNVERIFIED, State.REVIEW);
        } else {
            from("a decision", State.REVIEW);
        }
        decision = new Decision(id, answer, ground, plan, officer.name(), now);
        approver = null;
        var decided = new RequestEvent.Decided(this, officer, decision);
        if (fourEyes || answer == Answer.REFUSE || right.changesData()) {
            state = State.APPROVAL;
            return List.of(decided);
        }
        return List.of(decided, order());
    }

    /** Another officer than the one who decided approves exactly that plan. A refusal is thereby complete. */
    public List<RequestEvent> approve(Actor officer, @Nullable String plan, Instant now) {
        return approve(officer, plan, now, now.plus(Approval.VALID));
    }

    /** The same with the moment from which on nothing may begin on the approval any more. */
    public List<RequestEvent> approve(Actor officer, @Nullable String plan, Instant now, Instant expires) {
        from("an approval", State.APPROVAL);
        Decision decided = proposal(officer);
        if (!java.util.Objects.equals(decided.plan, plan)) {
            throw new NotPossible("The decision was made on another plan");
        }
        decided.approval = new Approval(decided, officer.name(), now, expires);
        approver = officer.name();
        var approved = new RequestEvent.Approved(this, officer, decided);
        if (decided.answer == Answer.REFUSE) {
            return List.of(approved, end(ITSELF, Outcome.REFUSED, now));
        }
        return List.of(approved, order());
    }

    /** The second officer does not agree: the case goes back to review. */
    public RequestEvent reject(Actor officer) {
        from("an approval", State.APPROVAL);
        proposal(officer);
        return back(officer, "not-approved");
    }

    /** The plan no longer fits the data: a new one is needed. */
    public RequestEvent sendBack(Actor by, String reason) {
        from("a new plan", State.APPROVAL, State.EXECUTING);
        return back(by, reason);
    }

    /** The first irreversible step is next; from here on the person cannot cancel. */
    public RequestEvent begin(Actor by, Instant now) {
        from("the execution", State.EXECUTING);
        if (begunAt != null) {
            throw new NotPossible("It has begun already");
        }
        if (approvalExpired(now)) {
            throw new NotPossible("request_approval_expired");
        }
        begunAt = now;
        return new RequestEvent.Begun(this, by);
    }

    /** Everything that was decided is done and read back. */
    public RequestEvent complete(Actor by, long changed, long erased, long retained, Instant now) {
        from("the end of the execution", State.EXECUTING);
        rowsChanged = changed;
        rowsErased = erased;
        rowsRetained = retained;
        return end(by, decision().orElseThrow().answer.outcome(), now);
    }

    /** The answer package lies ready for the person until then; it comes before or after the end of the case. */
    public RequestEvent offerPackage(Actor by, Instant until) {
        from("a package", State.EXECUTING, State.CLOSED);
        packageUntil = until;
        return new RequestEvent.PackageReady(this, by, until);
    }

    /** The package is gone: expired, or taken back. */
    public RequestEvent removePackage(Actor by) {
        packageUntil = null;
        return new RequestEvent.PackageRemoved(this, by);
    }

    /** The person withdraws, as long as nothing irreversible has begun. */
    public RequestEvent withdraw(Actor person, Instant now) {
        if (state == State.CLOSED || begunAt != null) {
            throw new NotPossible(state == State.CLOSED ? "The request is closed" : "The execution has begun");
        }
        return end(person, Outcome.WITHDRAWN, now);
    }

    /** Nobody proved an identity, or answered a question, in time. */
    public RequestEvent abandon(Actor by, Instant now) {
        from("giving up", State.UNVERIFIED, State.WAITING);
        return end(by, Outcome.ABANDONED, now);
    }

    /** The same wish of the same person is answered in another case. */
    public RequestEvent duplicate(Actor officer, Instant now) {
        from("closing as a duplicate", State.UNVERIFIED, State.OPEN, State.WAITING, State.REVIEW);
        return end(officer, Outcome.DUPLICATE, now);
    }

    /** Further months for a complex request, inside the first period only (Article 12(3)). */
    public RequestEvent extend(Actor officer, int months, String reason, LocalDate today) {
        fromAnyOpen("an extension");
        LocalDate to = term.extend(law(), months, reason, today);
        return new RequestEvent.Extended(this, officer, to, reason);
    }

    /** The clock stands still from today. */
    public RequestEvent pause(Actor officer, String reason, LocalDate today) {
        fromAnyOpen("a pause");
        term.pause(law(), reason, officer.name(), today);
        return new RequestEvent.Paused(this, officer, reason);
    }

    /** The clock runs again; the due date moves by the days between. */
    public RequestEvent resume(Actor officer, LocalDate today) {
        term.resume(law(), today);
        return new RequestEvent.Resumed(this, officer);
    }

    /** Somebody takes the case; from another officer only with {@code takeOver}. */
    public RequestEvent assign(Actor officer, String to, boolean takeOver, Instant now) {
        fromAnyOpen("an assignment");
        if (assignee != null && !assignee.equals(to) && !takeOver) {
            throw new NotPossible("The case is with " + assignee);
        }
        assignee = to;
        assignedAt = now;
        return new RequestEvent.Assigned(this, officer, to);
    }

    public RequestEvent release(Actor officer) {
        assignee = null;
        assignedAt = null;
        return new RequestEvent.Assigned(this, officer, null);
    }

    /** Where the law's clock runs only when this is there, it starts today. */
    void clockMayStart(Regime.Start when, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, law().zone());
        if (law().starts().contains(when) && today.isAfter(term.receivedOn())) {
            term.start(law(), today);
        }
    }

    private RequestEvent order() {
        if (verifiedAt == null) {
            throw new NotPossible("Nobody has proven an identity");
        }
        state = State.EXECUTING;
        return new RequestEvent.ExecutionOrdered(this, ITSELF, decision().orElseThrow());
    }

    private RequestEvent back(Actor by, String reason) {
        // a refusal because nobody could be identified was proposed before the search
        state = verifiedAt == null ? State.UNVERIFIED : State.REVIEW;
        decision = null;
        approver = null;
        begunAt = null;
        return new RequestEvent.SentBack(this, by, reason);
    }

    private RequestEvent end(Actor by, Outcome how, Instant now) {
        state = State.CLOSED;
        outcome = how;
        closedAt = now;
        return new RequestEvent.Closed(this, by, how);
    }

    private Decision proposal(Actor officer) {
        Decision decided = decision().orElseThrow();
        if (decided.officer.equals(officer.name())) {
            throw new NotPossible("Another officer than the one who decided must approve");
        }
        return decided;
    }

    private void from(String what, State first, State... others) {
        if (!EnumSet.of(first, others).contains(state)) {
            throw new NotPossible("The state " + state.code() + " does not allow " + what);
        }
    }

    private void fromAnyOpen(String what) {
        if (state == State.CLOSED) {
            throw new NotPossible("The state closed does not allow " + what);
        }
    }

    // ---- facts

    public UUID id() {
        return id;
    }

    public Reference reference() {
        return new Reference(reference);
    }

    public Right right() {
        return right;
    }

    public State state() {
        return state;
    }

    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** The id of the company asked. */
    public String organisation() {
        return organisation;
    }

    public Channel channel() {
        return channel;
    }

    public String language() {
        return language;
    }

    public String regime() {
        return regime;
    }

    public Regime law() {
        return Regimes.named(regime);
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    public LocalDate receivedOn() {
        return term.receivedOn();
    }

    /** The last day of the first period, moved by pauses. */
    public LocalDate due() {
        return term.due();
    }

    public Optional<LocalDate> extendedTo() {
        return term.extendedTo();
    }

    public Optional<String> extensionReason() {
        return term.extensionReason();
    }

    /** Whether an extension can still be told in time. */
    public boolean extensible(LocalDate today) {
        return state != State.CLOSED && term.extensible(law(), today);
    }

    /** The day by which the person must hear: {@link #extendedTo} or else {@link #due}. */
    public LocalDate answerBy() {
        return term.extendedTo().orElse(term.due());
    }

    /** The same with the reasons for the date. */
    public Deadline deadline(LocalDate today) {
        return term.deadline(law(), today);
    }

    public Optional<Instant> verifiedAt() {
        return Optional.ofNullable(verifiedAt);
    }

    public Optional<String> verificationMethod() {
        return Optional.ofNullable(verificationMethod);
    }

    /** How strongly it is proven who asks: the strongest of all that was shown. */
    public Assurance assurance() {
        return verificationMethod == null ? Assurance.NONE : Verification.assurance(verificationMethod);
    }

    /** Until when an answer package lies ready, where there is one. */
    public Optional<Instant> packageUntil() {
        return Optional.ofNullable(packageUntil);
    }

    public Optional<Instant> closedAt() {
        return Optional.ofNullable(closedAt);
    }

    public Optional<String> assignee() {
        return Optional.ofNullable(assignee);
    }

    public Optional<Instant> assignedAt() {
        return Optional.ofNullable(assignedAt);
    }

    /** The decision that stands: proposed, approved or carried out. */
    public Optional<Decision> decision() {
        return Optional.ofNullable(decision);
    }

    public Optional<String> approver() {
        return Optional.ofNullable(approver);
    }

    /** The approval of the decision that stands, where it needed one and has it. */
    public Optional<Approval> approval() {
        return decision().flatMap(d -> Optional.ofNullable(d.approval));
    }

    /** Whether it was approved so long ago that it needs a new decision before anything begins. */
    public boolean approvalExpired(Instant now) {
        return begunAt == null && approval().filter(a -> a.expired(now)).isPresent();
    }

    /** Since when it can no longer be cancelled. */
    public Optional<Instant> begunAt() {
        return Optional.ofNullable(begunAt);
    }

    public List<Pause> pauses() {
        return term.pauses();
    }

    public int systemsSearched() {
        return systemsSearched == null ? 0 : systemsSearched;
    }

    public long rowsFound() {
        return rowsFound == null ? 0 : rowsFound;
    }

    public long rowsChanged() {
        return rowsChanged == null ? 0 : rowsChanged;
    }

    public long rowsErased() {
        return rowsErased == null ? 0 : rowsErased;
    }

    public long rowsRetained() {
        return rowsRetained == null ? 0 : rowsRetained;
    }

    /** Whether all that the case held of the person is gone, with its key. */
    public boolean forgotten() {
        return particularsSealed == null;
    }

    /** NotPossible once the case can keep nothing more. */
    public void mustRemember() {
        if (forgotten()) {
            throw new NotPossible("request_forgotten");
        }
    }

    public UUID vaultKey() {
        return vaultKey;
    }

    @Override
    public String toString() {
        return "RightsRequest[" + reference + ", " + state + "]";
    }
}
