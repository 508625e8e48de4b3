package org.habeas.mandate;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.identity.Holder;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.problem.NotPossible;
import org.habeas.problem.Text;
import org.habeas.problem.TooLarge;
import org.habeas.request.Behalf;
import org.habeas.request.EmailAddress;
import org.habeas.request.Identifier;
import org.habeas.request.Reference;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.request.Verification;
import org.habeas.vault.Part;
import org.habeas.vault.Vault;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;
import org.habeas.work.Worklist;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is released to somebody who asks for another person before an officer has accepted that she may. Only then do the
 * identifiers of that person count; the address of the one who asks never does. What is sent is sealed under the case's key
 * and lies in quarantine until the virus scanner, where there is one, has looked at it.
 */
@ApplicationScoped
public class Mandates implements WorkHandler {
    static final long LARGEST = 10L * 1024 * 1024;
    static final int MOST_FILES = 5;
    private static final Duration UNTIL_CONFIGURED = Duration.ofMinutes(10);
    private static final int REASON = 1000;
    private static final int NAME = 200;
    private static final String KIND = "mandate.scan";
    private static final Actor SELF = Actor.system("mandate");

    private final Requests requests;
    private final MandateRows rows;
    private final Clamd clamd;
    private final Worklist worklist;
    private final Vault vault;
    private final Ledger ledger;
    private final Clock clock;

    Mandates(
            Requests requests,
            MandateRows rows,
            Clamd clamd,
            Worklist worklist,
            Vault vault,
            Ledger ledger,
            Clock clock) {
        this.requests = requests;
        this.rows = rows;
        this.clamd = clamd;
        this.worklist = worklist;
        this.vault = vault;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A file as it is handed out: never by the name that its sender gave it. */
    public record Download(String name, String type, byte[] bytes) {}

    void await(@Observes RequestEvent.Received event) {
        if (requests.particulars(event.request()).behalf() != null) {
            rows.await(event.request().id());
        }
    }

    void forget(@Observes RequestEvent.Forgotten event) {
        if (event.of(Part.EVIDENCE)) {
            rows.forget(event.request().id());
        }
    }

    /** NotPossible while somebody else asks and no officer has accepted that she may. */
    public void mustBeAccepted(RightsRequest request) {
        if (rows.mandate(request.id())
                .filter(m -> m.state() != Mandate.State.ACCEPTED)
                .isPresent()) {
            throw new NotPossible("mandate_missing");
        }
    }

    /** NotFound where somebody asks for herself. */
    @Transactional
    public Mandate of(Reference reference) {
        RightsRequest request = requests.read(reference);
        MandateRows.Row row = mandate(request);
        Behalf behalf = Optional.ofNullable(requests.particulars(request).behalf())
                .orElseThrow(() -> new NotFound(Requests.UNKNOWN));
        List<Mandate.Sent> files = rows.files(request.id()).stream()
                .map(f -> new Mandate.Sent(f.id(), name(request, f), f.kind().type(), f.size(), f.at(), f.ready()))
                .toList();
        return new Mandate(
                reference.text(),
                behalf,
                row.state(),
                row.officer(),
                row.decidedAt(),
                Optional.ofNullable(row.reason()).map(r -> vault.openText(key(request), r, "mandate-reason")),
                files,
                request.state() != State.CLOSED);
    }

    /** Keeps what the one who asks has sent. Her address must be proven: nobody else fills our disks. */
    @Transactional(Transactional.TxType.NEVER)
    public void send(Holder holder, @Nullable String name, byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new TooLarge("mandate_large");
        }
        FileKind kind = FileKind.of(bytes).orElseThrow(() -> Invalid.field("file", "mandate_kind"));
        QuarkusTransaction.requiringNew().run(() -> mustTake(requests.get(holder.reference())));
        boolean ready = scanned(bytes);
        QuarkusTransaction.requiringNew().run(() -> {
            RightsRequest request = requests.get(holder.reference());
            mustTake(request);
            keep(request, name, kind, bytes, ready);
        });
    }

    /** An officer says whether it shows what it should; what she says goes to the one who asks. */
    @Transactional
    public void decide(Reference reference, Actor officer, @Nullable Boolean accept, @Nullable String reason) {
        if (accept == null) {
            throw Invalid.field("accept", "queue_problem_truth");
        }
        RightsRequest request = requests.get(reference);
        Mandate.State before = mandate(request).state();
        if (before == Mandate.State.ACCEPTED || request.state() == State.CLOSED) {
            throw new NotPossible("mandate_decided");
        }
        String why = Text.clean("reason", reason, REASON);
        boolean onPaper = rows.files(request.id()).stream().noneMatch(MandateRows.Attached::ready);
        if (!accept || onPaper) {
            Text.required("reason", why);
        }
        byte[] sealed = why == null || why.isBlank() ? null : vault.seal(newKey(request), why, "mandate-reason");
        Mandate.State state = accept ? Mandate.State.ACCEPTED : Mandate.State.REJECTED;
        rows.decide(request.id(), state, officer.name(), clock.instant(), sealed);
        ledger.append(Act.of("mandate." + state.code(), officer).about(request.id()));
        // what follows from her word the portal does by itself: her act has one entry
        if (accept) {
            prove(request);
        } else {
            requests.addMessage(request, SELF, why);
        }
    }

    /** A file for the officer; NotPossible while it is in quarantine. */
    @Transactional
    public Download download(Reference reference, UUID id) {
        RightsRequest request = requests.read(reference);
        MandateRows.Attached file = rows.file(id)
                .filter(f -> f.request().equals(request.id()))
                .orElseThrow(() -> new NotFound(Requests.UNKNOWN));
        if (!file.ready()) {
            throw new NotPossible("mandate_quarantined");
        }
        return new Download(
                reference.text() + "-" + id.toString().substring(0, 8)
                        + file.kind().ending(),
                file.kind().type(),
                opened(request, id));
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** What came while the scanner was away; nothing but a scanner lets it out of quarantine. */
    @Override
    public Result work(Lease lease) throws IOException {
        return clamd.configured() ? scan(UUID.fromString(lease.subject())) : Result.later(UNTIL_CONFIGURED);
    }

    Result scan(UUID id) throws IOException {
        Optional<byte[]> bytes = QuarkusTransaction.requiringNew()
                .call(() -> rows.file(id).filter(f -> !f.ready()).map(f -> opened(requests.get(f.request()), id)));
        if (bytes.isPresent()) {
            boolean clean = clamd.clean(bytes.get());
            QuarkusTransaction.requiringNew().run(() -> {
                if (clean) {
                    rows.ready(id);
                } else {
                    UUID request = rows.file(id).orElseThrow().request();
                    rows.remove(id);
                    ledger.append(
                            Act.of("mandate.infected", Actor.system("clamd")).about(request));
                }
            });
        }
        return Result.DONE;
    }

    /** False while the scanner is away; Invalid for what it knows. */
    private boolean scanned(byte[] bytes) {
        try {
            if (clamd.configured() && !clamd.clean(bytes)) {
                throw Invalid.field("file", "mandate_virus");
            }
            return true;
        } catch (IOException away) {
            return false;
        }
    }

    private void mustTake(RightsRequest request) {
        MandateRows.Row row = mandate(request);
        if (request.verifiedAt().isEmpty()) {
            throw new NotPossible("mandate_unproven");
        } else if (row.state() == Mandate.State.ACCEPTED || request.state() == State.CLOSED) {
            throw new NotPossible("mandate_decided");
        } else if (rows.files(request.id()).size() >= MOST_FILES) {
            throw Invalid.field("file", "mandate_many(" + MOST_FILES + ")");
        }
    }

    private void keep(RightsRequest request, @Nullable String name, FileKind kind, byte[] bytes, boolean ready) {
        request.mustRemember();
        UUID id = UUID.randomUUID();
        UUID key = newKey(request);
        String called =
                name == null ? "" : name.replaceAll("[\\p{Cntrl}/\\\\]", " ").strip();
        String kept = called.length() > NAME ? called.substring(0, NAME) : called;
        rows.attach(
                new MandateRows.Attached(
                        id,
                        request.id(),
                        vault.seal(key, kept, "mandate-name:" + id),
                        kind,
                        bytes.length,
                        clock.instant(),
                        ready),
                vault.seal(key, bytes, "mandate-file:" + id));
        Actor agent = new Actor(Actor.Kind.AGENT, request.reference().text());
        ledger.append(Act.of("mandate.sent", agent)
                .about(request.id())
                .fact("size", bytes.length)
                .fact("quarantined", !ready));
        if (!ready) {
            worklist.add(KIND, id.toString());
        }
    }

    /** From now on the identifiers of the person count for whom it is asked. */
    private void prove(RightsRequest request) {
        var proof = request.verify(SELF, Verification.DOCUMENT_SEEN.code(), clock.instant());
        requests.identifiers(request).forEach(i -> requests.prove(request, i.kind(), i.value()));
        Optional.ofNullable(requests.particulars(request).behalf())
                .flatMap(b -> Optional.ofNullable(b.email()))
                .flatMap(EmailAddress::of)
                .ifPresent(address -> requests.prove(request, Identifier.EMAIL, address.text()));
        requests.record(proof);
    }

    private MandateRows.Row mandate(RightsRequest request) {
        return rows.mandate(request.id()).orElseThrow(() -> new NotFound(Requests.UNKNOWN));
    }

    private String name(RightsRequest request, MandateRows.Attached file) {
        return vault.openText(key(request), file.name(), "mandate-name:" + file.id());
    }

    private byte[] opened(RightsRequest request, UUID file) {
        return vault.open(key(request), rows.bytes(file).orElseThrow(), "mandate-file:" + file);
    }

    private static UUID key(RightsRequest request) {
        return Part.EVIDENCE.of(request.vaultKey());
    }

    private UUID newKey(RightsRequest request) {
        return vault.partKey(request.vaultKey(), Part.EVIDENCE);
    }
}
