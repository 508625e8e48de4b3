package org.habeas.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.problem.NotFound;
import org.habeas.problem.NotPossible;
import org.habeas.vault.Secrets;
import org.habeas.vault.Vault;

/**
 * All requests: comes in, is found, is written down. Whoever calls a command of {@link RightsRequest} hands the event
 * to {@link #record}, in the same transaction: ledger, timeline and listeners see every act, or it does not happen.
 */
@ApplicationScoped
@Transactional
public class Requests {
    /** What is told of a request that does not exist, and of one that is somebody else's. */
    public static final String UNKNOWN = "request_unknown";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EntityManager entities;
    private final AgroalDataSource database;
    private final Vault vault;
    private final Ledger ledger;
    private final Event<RequestEvent> listeners;
    private final Wording wording;
    private final Together together;
    private final Clock clock;

    Requests(
            EntityManager entities,
            AgroalDataSource database,
            Vault vault,
            Ledger ledger,
            Event<RequestEvent> listeners,
            Wording wording,
            Together together,
            Clock clock) {
        this.entities = entities;
        this.database = database;
        this.vault = vault;
        this.ledger = ledger;
        this.listeners = listeners;
        this.wording = wording;
        this.together = together;
        this.clock = clock;
    }

    /** A request with the passphrase that opens it, which is told once and kept only as a hash. */
    public record Opened(RightsRequest request, String passphrase) {}

    /** One sentence of the timeline: {@code what} is the event's name, for example {@code request.opened}. */
    public record Moment(Instant at, String what, String actor) {}

    /** Takes a request in. {@code by} is the person or the officer who typed it. */
    public Opened receive(Receipt receipt, Actor.Kind by, String account) {
        return receive(receipt, by, account, Secrets.passphrase());
    }

    /** The same with a passphrase of at least 128 random bits that the caller has made. */
    public Opened receive(Receipt receipt, Actor.Kind by, String account, String passphrase) {
        return receive(receipt, by, account, passphrase, Optional.empty());
    }

    /** One request to several companies: a case each, all opened by one passphrase; the first is the one to tell of. */
    public Opened receiveTogether(List<Receipt> receipts, Actor.Kind by, String account, String passphrase) {
        Opened first = receive(receipts.get(0), by, account, passphrase);
        receipts.subList(1, receipts.size())
                .forEach(r -> receive(
                        r, by, account, passphrase, Optional.of(first.request().id())));
        return first;
    }

    private Opened receive(Receipt receipt, Actor.Kind by, String account, String passphrase, Optional<UUID> first) {
        RightsRequest request = RightsRequest.received(receipt, vault.newKey());
        request.passphraseHash = hash(request.id(), passphrase);
        request.particularsSealed = vault.seal(request.vaultKey(), json(receipt.particulars()), "particulars");
        entities.persist(request);
        entities.flush();
        first.ifPresent(f -> together.join(request.id(), f));
        receipt.identifiers().forEach(i -> addIdentifier(request, i));
        wording.keep(request, String.join(" ", texts(receipt.particulars())));
        Actor actor = by == Actor.Kind.PERSON ? Actor.person(request.reference().text()) : new Actor(by, account);
        record(new RequestEvent.Received(request, actor, receipt.identifiers(), first.isEmpty()));
        return new Opened(request, passphrase);
    }

    /** Writes down what a command did: ledger, timeline, listeners. */
    public void record(RequestEvent event) {
        RightsRequest request = event.request();
        if (event instanceof RequestEvent.Decided decided) {
            entities.persist(decided.decision());
        }
        entities.flush();
        Act act = Act.of(event.name(), event.actor()).about(request.id());
        for (var fact : event.facts().entrySet()) {
            act = act.fact(fact.getKey(), fact.getValue());
        }
        if (event.details().isPresent()) {
            act = act.details(request.vaultKey(), event.details().get().getBytes(StandardCharsets.UTF_8));
        }
        ledger.append(act, moment(event));
        listeners.fire(event);
    }

    public void record(List<RequestEvent> events) {
        events.forEach(this::record);
    }

    // ---- finding

    /** The request, locked for the transaction, or {@link NotFound}. */
    public RightsRequest get(Reference reference) {
        return find(reference).orElseThrow(() -> new NotFound(UNKNOWN));
    }

    public RightsRequest get(UUID id) {
        return Optional.ofNullable(entities.find(RightsRequest.class, id, LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(() -> new NotFound(UNKNOWN));
    }

    public Optional<RightsRequest> find(Reference reference) {
        return entities.createQuery("from RightsRequest where reference = ?1", RightsRequest.class)
                .setParameter(1, reference.text())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    /** All that belong together with this one, the first one first, locked; itself alone if there are no others. */
    public List<RightsRequest> together(RightsRequest request) {
        return together.all(request.id()).stream()
                .map(id -> id.equals(request.id()) ? request : get(id))
                .toList();
    }

    /** The same without locks, for reading. */
    public List<RightsRequest> readTogether(RightsRequest request) {
        return together.all(request.id()).stream()
                .map(id -> id.equals(request.id()) ? request : entities.find(RightsRequest.class, id))
                .toList();
    }

    /** Whether the person was told of this one, and not of another that it belongs to. */
    public boolean isFirst(RightsRequest request) {
        return together.first(request.id()).isEmpty();
    }

    /** The same without a lock, for reading. */
    public RightsRequest read(Reference reference) {
        return entities.createQuery("from RightsRequest where reference = ?1", RightsRequest.class)
                .setParameter(1, reference.text())
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new NotFound(UNKNOWN));
    }

    /** Whether this passphrase opens this request; takes as long for a wrong one. */
    public boolean opens(RightsRequest request, String passphrase) {
        return request.passphraseHash != null && Secrets.same(request.passphraseHash, hash(request.id(), passphrase));
    }

    // ---- what is sealed

    public Particulars particulars(RightsRequest request) {
        if (request.particularsSealed == null) {
            return new Particulars(null, null, List.of());
        }
        try {
            return JSON.readValue(
                    vault.open(request.vaultKey(), request.particularsSealed, "particulars"), Particulars.class);
        } catch (IOException e) {
            throw new IllegalStateException("particulars cannot be read", e);
        }
    }

    /** A message of the person or of an officer. */
    public Message addMessage(RightsRequest request, Actor actor, String text) {
        Message message = keepMessage(request, actor.kind() == Actor.Kind.PERSON ? "person" : "officer", text);
        wording.keep(request, text);
        record(new RequestEvent.MessageSent(request, actor, message));
        return message;
    }

    /**
     * A letter that the portal wrote, of this kind ({@code receipt}, {@code refusal}): read like an officer's message, but
     * told as an event of its own, because it goes out by itself.
     */
    public Message addLetter(RightsRequest request, Actor actor, String kind, String text) {
        Message message = keepMessage(request, "officer", text);
        record(new RequestEvent.LetterWritten(request, actor, kind, message));
        return message;
    }

    private Message keepMessage(RightsRequest request, String sender, String text) {
        request.mustRemember();
        Message message = new Message(request.id(), clock.instant(), sender);
        try {
            message.textSealed = vault.seal(request.vaultKey(), text, "message:" + message.id());
        } catch (Vault.Shredded e) {
            throw new NotPossible("problem_forgotten");
        }
        entities.persist(message);
        return message;
    }

    /** The messages of a request, oldest first. */
    public List<Message> messages(RightsRequest request) {
        return entities.createQuery("from Message where requestId = ?1 order by sentAt, id", Message.class)
                .setParameter(1, request.id())
                .getResultList();
    }

    public String text(RightsRequest request, Message message) {
        return vault.openText(request.vaultKey(), message.textSealed, "message:" + message.id());
    }

    /** Keeps the officer's words to the person with the decision. */
    public void keepText(RightsRequest request, Decision decision, String text) {
        decision.textSealed = vault.seal(request.vaultKey(), text, "decision:" + decision.id());
    }

    /** Keeps the letter as an officer edited it; it goes out in place of the one that the portal would write. */
    public void keepLetter(RightsRequest request, Decision decision, String letter) {
        decision.letterSealed = vault.seal(request.vaultKey(), letter, "letter:" + decision.id());
    }

    public Optional<String> letter(RightsRequest request, Decision decision) {
        return Optional.ofNullable(decision.letterSealed)
                .map(letter -> vault.openText(request.vaultKey(), letter, "letter:" + decision.id()));
    }

    public Optional<String> text(RightsRequest request, Decision decision) {
        return Optional.ofNullable(decision.textSealed)
                .map(text -> vault.openText(request.vaultKey(), text, "decision:" + decision.id()));
    }

    // ---- identifiers

    /** All identifiers of a request, the e-mail address first. */
    public List<Identifier> identifiers(RightsRequest request) {
        String sql = "select id, kind, value_sealed, proven_at from request_identifier where request_id = ?"
                + " order by kind <> 'email', id";
        List<Identifier> found = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setObject(1, request.id());
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    String value = vault.openText(request.vaultKey(), rows.getBytes(3), "identifier");
                    found.add(new Identifier(rows.getString(2), value, rows.getTimestamp(4) != null));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("identifiers cannot be read", e);
        }
        return found;
    }

    /** The proven identifiers of the person whose data it is; the address of somebody who asks for her is none of them. */
    public List<Identifier> provenOfPerson(RightsRequest request) {
        boolean herself = particulars(request).behalf() == null;
        String asks = address(request).map(EmailAddress::text).orElse("");
        return identifiers(request).stream()
                .filter(Identifier::proven)
                .filter(i -> herself
                        || !(i.kind().equals(Identifier.EMAIL) && i.value().equals(asks)))
                .toList();
    }

    /** The address that letters go to; NotPossible for somebody who came by letter or call and gave none. */
    public EmailAddress email(RightsRequest request) {
        return address(request).orElseThrow(Requests::noAddress);
    }

    /** The same of those that came in with it. */
    public static EmailAddress email(RequestEvent.Received event) {
        return address(event.identifiers()).orElseThrow(Requests::noAddress);
    }

    /** The same, or nothing. */
    public Optional<EmailAddress> address(RightsRequest request) {
        return address(identifiers(request));
    }

    private static Optional<EmailAddress> address(List<Identifier> identifiers) {
        return identifiers.stream()
                .filter(i -> i.kind().equals(Identifier.EMAIL))
                .findFirst()
                .flatMap(i -> EmailAddress.of(i.value()));
    }

    private static NotPossible noAddress() {
        return new NotPossible("request_no_address");
    }

    /** Adds an identifier as a hint, or as proven. */
    public void addIdentifier(RightsRequest request, Identifier identifier) {
        String sql = "insert into request_identifier (request_id, kind, value_sealed, value_hash, proven_at)"
                + " values (?, ?, ?, ?, case when ? then now() end) on conflict (request_id, kind, value_hash) do update"
                + " set proven_at = coalesce(request_identifier.proven_at, excluded.proven_at)";
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql)) {
            insert.setObject(1, request.id());
            insert.setString(2, identifier.kind());
            insert.setBytes(3, vault.seal(request.vaultKey(), identifier.value(), "identifier"));
            insert.setString(4, hash(identifier));
            insert.setBoolean(5, identifier.proven());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("an identifier cannot be kept", e);
        }
    }

    /** Marks an identifier as proven, adding it where it is new. */
    public void prove(RightsRequest request, String kind, String value) {
        addIdentifier(request, new Identifier(kind, value, true));
    }

    /** How an identifier is found without its value being stored: a keyed hash over kind and value. */
    public String hash(Identifier identifier) {
        return vault.identifierHash(identifier.kind(), identifier.value());
    }

    // ---- timeline

    public List<Moment> timeline(RightsRequest request) {
        return moments(request, false);
    }

    /** What the person is told of it. */
    public List<Moment> timelineForPerson(RightsRequest request) {
        return moments(request, true);
    }

    private List<Moment> moments(RightsRequest request, boolean forPerson) {
        String sql = "select at, what, actor from moment where request_id = ? and (told or not ?) order by id";
        List<Moment> moments = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setObject(1, request.id());
            select.setBoolean(2, forPerson);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    moments.add(new Moment(rows.getTimestamp(1).toInstant(), rows.getString(2), rows.getString(3)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the timeline cannot be read", e);
        }
        return moments;
    }

    /** Its place on the timeline, which is written with the entry. */
    private Ledger.Along moment(RequestEvent event) {
        Actor actor = event.actor();
        return new Ledger.Along(
                "insert into moment (request_id, at, what, actor, told) values (?, ?, ?, ?, ?)",
                List.of(
                        event.request().id(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        event.name(),
                        actor.staff() ? actor.name() : actor.kind().code(),
                        event.toldToPerson()));
    }

    private String hash(UUID request, String passphrase) {
        return vault.keyedHash("passphrase", request + ":" + Secrets.normal(passphrase));
    }

    private static List<String> texts(Particulars particulars) {
        return Stream.of(particulars.name(), particulars.message())
                .filter(Objects::nonNull)
                .toList();
    }

    private static byte[] json(Particulars particulars) {
        try {
            return JSON.writeValueAsBytes(particulars);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
