package org.habeas.audit;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.Actor;

/** Signs a new head of the history when there is news, with a key that lies apart from the database. */
@ApplicationScoped
class Signer {
    /** So many intervals without a head from whoever signed last, and a replica with another key goes on alone. */
    private static final int PATIENCE = 3;

    private final AgroalDataSource database;
    private final Ledger ledger;
    private final Sequencer sequencer;
    private final Event<HeadSigned> listeners;
    private final AnchorFolder folder;
    private final Anchors anchors;
    private final Clock clock;
    private final Path home;
    private final Duration every;

    Signer(
            AgroalDataSource database,
            Ledger ledger,
            Sequencer sequencer,
            Event<HeadSigned> listeners,
            AnchorFolder folder,
            Anchors anchors,
            Clock clock,
            @ConfigProperty(name = "habeas.home") Path home,
            @ConfigProperty(name = "habeas.checkpoint-every") Duration every) {
        this.database = database;
        this.ledger = ledger;
        this.sequencer = sequencer;
        this.listeners = listeners;
        this.folder = folder;
        this.anchors = anchors;
        this.clock = clock;
        this.home = home;
        this.every = every;
    }

    /** Signs the tree as it stands after all that waits has its place; empty where there is no news. */
    Optional<Heads.Signed> sign() {
        KeyFolder keys = QuarkusTransaction.requiringNew().call(this::announced);
        sequencer.run();
        Optional<Heads.Signed> stored = QuarkusTransaction.requiringNew().call(() -> {
            try (var connection = database.getConnection()) {
                Heads heads = new Heads(connection);
                Optional<Heads.Signed> signed = heads.sign(keys, clock.instant(), every.multipliedBy(PATIENCE));
                if (signed.isPresent()) {
                    listeners.fire(new HeadSigned(SignedHistory.head(heads, signed.get())));
                }
                return signed;
            }
        });
        stored.filter(head -> folder.keep(head.checkpoint(), head.note()))
                .ifPresent(head -> QuarkusTransaction.requiringNew()
                        .run(() -> anchors.reached(
                                Anchors.Kind.FOLDER, head.checkpoint().size())));
        return stored;
    }

    /** A key is announced by an entry before it signs, so that the heads of the old key vouch for the new one. */
    private KeyFolder announced() throws SQLException {
        try (var connection = database.getConnection()) {
            StoredTree tree = new StoredTree(connection);
            KeyFolder keys = new KeyFolder(home, tree.state().origin());
            VerifierKey key = keys.signing().verifier();
            Heads heads = new Heads(connection);
            if (!heads.announced(key)) {
                tree.lock();
                if (!heads.announced(key)) {
                    heads.announce(
                            key,
                            ledger.write(Act.of(KeyChain.ANNOUNCED, Actor.system("history"))
                                    .fact(KeyChain.FACT, key.toString())));
                }
            }
            return keys;
        }
    }
}
