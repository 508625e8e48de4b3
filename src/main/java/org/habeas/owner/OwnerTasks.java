package org.habeas.owner;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.Actor;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.SystemEntry;
import org.habeas.fulfilment.Answers;
import org.habeas.fulfilment.OwnerAsked;
import org.habeas.limit.Limits;
import org.habeas.limit.Rate;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.problem.NotPossible;
import org.habeas.problem.SecurityEvent;
import org.habeas.problem.TooMany;
import org.habeas.request.Identifier;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.vault.Secrets;
import org.habeas.vault.Vault;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;
import org.habeas.work.Worklist;

/**
 * What the owner of a system that is kept by hand is asked to do, and her answer. The link works once and for 30 days; what
 * it leads to is shown only after a code that went to her address. Without an answer she is reminded, then the
 * organisation's contact is told.
 */
@ApplicationScoped
public class OwnerTasks implements WorkHandler {
    private static final Duration VALID = Duration.ofDays(30);
    private static final Duration CODE_VALID = Duration.ofMinutes(10);
    private static final Duration TICKET_VALID = Duration.ofHours(1);
    private static final Duration BETWEEN_REMINDERS = Duration.ofDays(5);
    private static final int REMINDERS = 2;
    private static final int TRIES = 5;

    private final Requests requests;
    private final Answers answers;
    private final OwnerTaskRows rows;
    private final DataMap map;
    private final Vault vault;
    private final Limits limits;
    private final Rate rate;
    private final Worklist worklist;
    private final Event<OwnerWritten> letters;
    private final Event<SecurityEvent> failures;
    private final Clock clock;
    private final String publicUrl;

    OwnerTasks(
            Requests requests,
            Answers answers,
            OwnerTaskRows rows,
            DataMap map,
            Vault vault,
            Limits limits,
            @ConfigProperty(name = "habeas.limit-per-address") Rate rate,
            Worklist worklist,
            Event<OwnerWritten> letters,
            Event<SecurityEvent> failures,
            Clock clock,
            @ConfigProperty(name = "habeas.public-url") String publicUrl) {
        this.requests = requests;
        this.answers = answers;
        this.rows = rows;
        this.map = map;
        this.vault = vault;
        this.limits = limits;
        this.rate = rate;
        this.worklist = worklist;
        this.letters = letters;
        this.failures = failures;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    /** Somebody must look by hand: makes the task and has it mailed, where the owner is an address. */
    void ask(@Observes OwnerAsked asked) {
        SystemEntry system = map.system(asked.system()).orElseThrow();
        RightsRequest request = asked.request();
        String token = Secrets.symbols(32);
        UUID id = UUID.randomUUID();
        boolean made = rows.add(
                id,
                request.id(),
                asked.system(),
                asked.execute(),
                hash("token", token),
                vault.seal(request.vaultKey(), token, "owner-task"),
                clock.instant(),
                clock.instant().plus(VALID));
        if (made && system.owner().filter(o -> o.contains("@")).isPresent()) {
            write(request, asked.system(), asked.execute(), OwnerWritten.Kind.TASK, token, Optional.empty());
            worklist.add(kind(), id.toString(), BETWEEN_REMINDERS);
        }
    }

    /** The title of the system that a link is about; NotFound when it never was, was used, or is too old. */
    @Transactional
    public String system(String token) {
        return title(open(token));
    }

    /** Mails a new code to the owner. */
    public void sendCode(String token) {
        OwnerTaskRows.Task task = QuarkusTransaction.requiringNew().call(() -> open(token));
        limits.take("owner-codes", task.id().toString(), rate);
        QuarkusTransaction.requiringNew().run(() -> {
            String code = Secrets.code();
            rows.code(
                    task.id(),
                    hash("code", task.id() + ":" + code),
                    clock.instant().plus(CODE_VALID));
            write(
                    requests.get(task.request()),
                    task.system(),
                    task.execute(),
                    OwnerWritten.Kind.CODE,
                    token,
                    Optional.of(code));
        });
    }

    /** The task itself, for the code that was mailed: five tries, ten minutes, used once. */
    public OwnerTask show(String token, String typed) {
        UUID id = QuarkusTransaction.requiringNew().call(() -> open(token).id());
        int tries = QuarkusTransaction.requiringNew().call(() -> rows.countTry(id));
        if (tries > TRIES) {
            throw new TooMany("identity_locked", CODE_VALID);
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            OwnerTaskRows.Task task = open(token);
            String code = typed == null ? "" : typed.replaceAll("[\\s-]", "");
            boolean right = task.codeHash()
                    .filter(h -> Secrets.same(h, hash("code", id + ":" + code)))
                    .isPresent();
            if (!right || !Secrets.lasts(task.codeExpires().orElse(Instant.MIN), CODE_VALID, clock.instant())) {
                failures.fire(new SecurityEvent(SecurityEvent.Kind.FAILED_CODE, id.toString()));
                throw Invalid.field("code", "identity_code_wrong");
            }
            rows.spendCode(id);
            return shown(task, ticket(id));
        });
    }

    /** The task again for somebody who has typed the code within the hour. */
    @Transactional
    public OwnerTask showAgain(String token, String ticket) {
        OwnerTaskRows.Task task = open(token);
        mustHold(ticket, task.id());
        return shown(task, ticket);
    }

    /** What the owner found, or that the decided is done; the link is used up. */
    @Transactional
    public void answer(String token, String ticket, Map<String, List<Map<String, Object>>> found) {
        OwnerTaskRows.Task task = open(token);
        mustHold(ticket, task.id());
        RightsRequest request = requests.get(task.request());
        Actor owner = new Actor(Actor.Kind.OWNER, task.system());
        if (task.execute()) {
            answers.confirm(request, task.system(), owner);
        } else {
            answers.answer(request, task.system(), found, owner);
        }
        rows.answered(task.id(), clock.instant());
    }

    @Override
    public String kind() {
        return "owner.remind";
    }

    /** Reminds twice, then tells the organisation's contact. */
    @Override
    public Result work(Lease lease) {
        return QuarkusTransaction.requiringNew().call(() -> remind(UUID.fromString(lease.subject())));
    }

    private Result remind(UUID id) {
        Optional<OwnerTaskRows.Task> open = rows.byId(id).filter(t -> usable(t) && wanted(t));
        if (open.isEmpty()) {
            return Result.DONE;
        }
        OwnerTaskRows.Task task = open.get();
        RightsRequest request = requests.get(task.request());
        String token = vault.openText(request.vaultKey(), task.tokenSealed(), "owner-task");
        boolean last = task.reminders() >= REMINDERS;
        OwnerWritten.Kind kind = last ? OwnerWritten.Kind.ESCALATION : OwnerWritten.Kind.REMINDER;
        write(request, task.system(), task.execute(), kind, token, Optional.empty());
        rows.reminded(id);
        return last ? Result.DONE : Result.later(BETWEEN_REMINDERS);
    }

    /** Somebody else may have answered or left the system out meanwhile. */
    private boolean wanted(OwnerTaskRows.Task task) {
        return rows.stillAsked(task.request(), task.system(), task.execute());
    }

    private OwnerTaskRows.Task open(String token) {
        return rows.byToken(hash("token", String.valueOf(token)))
                .filter(this::usable)
                .orElseThrow(() -> new NotFound("owner_gone"));
    }

    private boolean usable(OwnerTaskRows.Task task) {
        return task.answeredAt().isEmpty() && clock.instant().isBefore(task.expiresAt());
    }

    private OwnerTask shown(OwnerTaskRows.Task task, String ticket) {
        RightsRequest request = requests.get(task.request());
        List<Identifier> proven = requests.provenOfPerson(request);
        List<String> collections = map.dataset(task.system()).stream()
                .flatMap(d -> d.collections().stream())
                .map(MappedCollection::name)
                .toList();
        return new OwnerTask(task.id(), title(task), task.execute(), task.expiresAt(), proven, collections, ticket);
    }

    private String title(OwnerTaskRows.Task task) {
        return map.system(task.system()).map(SystemEntry::title).orElse(task.system());
    }

    private void write(
            RightsRequest request,
            String system,
            boolean execute,
            OwnerWritten.Kind kind,
            String token,
            Optional<String> code) {
        String to = kind == OwnerWritten.Kind.ESCALATION
                ? map.organisation().contact()
                : map.system(system).flatMap(SystemEntry::owner).orElseThrow();
        letters.fire(new OwnerWritten(request, system, to, execute, kind, publicUrl + "/task/" + token, code));
    }

    private String ticket(UUID task) {
        long until = clock.instant().plus(TICKET_VALID).getEpochSecond();
        return until + "." + hash("ticket", task + ":" + until);
    }

    private void mustHold(String ticket, UUID task) {
        String[] parts = String.valueOf(ticket).split("\\.", 2);
        boolean ours = parts.length == 2
                && parts[0].matches("[0-9]{1,12}")
                && Secrets.same(parts[1], hash("ticket", task + ":" + parts[0]))
                && Secrets.lasts(Instant.ofEpochSecond(Long.parseLong(parts[0])), TICKET_VALID, clock.instant());
        if (!ours) {
            throw new NotPossible("owner_ticket");
        }
    }

    private String hash(String purpose, String value) {
        return vault.keyedHash("owner-" + purpose, value);
    }
}
