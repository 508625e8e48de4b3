package org.habeas.retention;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.vault.Outside;
import org.habeas.vault.Vault;

/**
 * What is done when the portal's database was put back from a backup: everything that the file outside it knows beyond it
 * happens once more, line by line, each in one transaction. Holds are not asked: the erasure was lawful, so none stood then,
 * and none can have been placed since on a portal that is closed.
 */
@ApplicationScoped
class Return {
    private static final Actor RETURN = Actor.system("return");
    private static final int TRANSACTION_SECONDS = 300;

    private final Outside outside;
    private final Vault vault;
    private final ErasedAgain erasedAgain;
    private final Suppressions suppressions;
    private final Obligations obligations;
    private final Ledger ledger;

    Return(
            Outside outside,
            Vault vault,
            ErasedAgain erasedAgain,
            Suppressions suppressions,
            Obligations obligations,
            Ledger ledger) {
        this.outside = outside;
        this.vault = vault;
        this.erasedAgain = erasedAgain;
        this.suppressions = suppressions;
        this.obligations = obligations;
        this.ledger = ledger;
    }

    boolean needed() {
        return outside.ahead();
    }

    /** Does all of it; may be called again after any failure, also by several replicas. */
    void carryOut() {
        ErasedAgain.Memory memory = new ErasedAgain.Memory();
        Map<UUID, ErasedAgain.Told> told = new LinkedHashMap<>();
        outside.missing(line -> {
            if (line.kind().equals(Tombstone.ERASED)) {
                erasedAgain.doubt(Tombstones.read(line, Tombstone.class), memory);
            }
        });
        outside.missing(line -> QuarkusTransaction.requiringNew()
                .timeout(TRANSACTION_SECONDS)
                .run(() -> {
                    if (outside.known(line)) {
                        again(line, memory, told);
                    }
                }));
        QuarkusTransaction.requiringNew().run(() -> finish(told));
    }

    private void again(Outside.Line line, ErasedAgain.Memory memory, Map<UUID, ErasedAgain.Told> told) {
        switch (line.kind()) {
            case Tombstone.ERASED -> {
                Tombstone stone = Tombstones.read(line, Tombstone.class);
                suppressions.add(stone.identifiers(), Suppressions.Reason.ERASED, line.at());
                ErasedAgain.Told step = erasedAgain.erase(stone, memory);
                told.merge(stone.request(), step, ErasedAgain.Told::and);
                entry(stone, step);
            }
            case Tombstone.KEPT -> {
                Tombstone.Kept kept = Tombstones.read(line, Tombstone.Kept.class);
                obligations.add(
                        kept.request(),
                        kept.identifiers(),
                        kept.rows().stream().map(Tombstone.Kept.Row::kept).toList());
            }
            case Suppressions.OBJECTED -> suppressions.add(
                    Suppressions.hashes(line.what()), Suppressions.Reason.OBJECTED, line.at());
            case Vault.SHREDDED -> vault.shredAgain(line.what());
            default -> throw new IllegalStateException("nobody knows what to do with " + line);
        }
    }

    private void entry(Tombstone stone, ErasedAgain.Told step) {
        if (step.again() + step.left() > 0) {
            ledger.append(Act.of("retention.erased_again", RETURN)
                    .about(stone.request())
                    .fact("system", stone.system())
                    .fact("rows", step.again())
                    .fact("left", step.left()));
        }
    }

    private void finish(Map<UUID, ErasedAgain.Told> told) {
        ledger.append(Act.of("retention.database_returned", RETURN)
                .fact("erasures", told.size())
                .fact(
                        "rows",
                        told.values().stream()
                                .mapToLong(ErasedAgain.Told::again)
                                .sum())
                .fact(
                        "left",
                        told.values().stream().mapToLong(ErasedAgain.Told::left).sum()));
    }
}
