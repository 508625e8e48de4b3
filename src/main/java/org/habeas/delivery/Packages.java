package org.habeas.delivery;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.identity.Codes;
import org.habeas.identity.Holder;
import org.habeas.problem.NotFound;
import org.habeas.problem.NotPossible;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;

/** Handing the package out: to who holds the passphrase and a fresh code, as long as it lasts. */
@ApplicationScoped
class Packages {
    private static final Actor SELF = Actor.system("delivery");
    private static final int BATCH = 50;

    private final Requests requests;
    private final PackageStore store;
    private final Codes codes;
    private final Ledger ledger;
    private final Clock clock;

    Packages(Requests requests, PackageStore store, Codes codes, Ledger ledger, Clock clock) {
        this.requests = requests;
        this.store = store;
        this.codes = codes;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A package on its way to the person. */
    final class Download {
        private final String fileName;
        private final PackageStore.Kept kept;

        private Download(String fileName, PackageStore.Kept kept) {
            this.fileName = fileName;
            this.kept = kept;
        }

        /** The answer that hands it out, to be saved under the name of the request. */
        Response answer() {
            return Response.ok((StreamingOutput) this::writeTo, "application/zip")
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        }

        /** Writes the zip as it is read, in bounded memory. */
        void writeTo(OutputStream out) throws IOException {
            try (InputStream in = store.reading(kept)) {
                in.transferTo(out);
            }
        }
    }

    /**
     * Uses the code up and opens the package. {@link NotFound} when there is none, {@link NotPossible} once it has expired:
     * then no code is used up.
     */
    @Transactional(Transactional.TxType.NEVER)
    Download open(Holder holder, String code) {
        PackageStore.Kept kept = QuarkusTransaction.requiringNew().call(() -> there(holder));
        codes.redeem(holder, code);
        QuarkusTransaction.requiringNew().run(() -> {
            store.countDownload(kept.id(), clock.instant());
            ledger.append(
                    Act.of("package.downloaded", Actor.person(holder.reference().text()))
                            .about(kept.request()));
        });
        return new Download(holder.reference() + ".zip", kept);
    }

    private PackageStore.Kept there(Holder holder) {
        RightsRequest request = requests.read(holder.reference());
        PackageStore.Kept kept = store.newest(request.id()).orElseThrow(() -> new NotFound("delivery_no_package"));
        if (kept.state() == PackageStore.State.REMOVED || !clock.instant().isBefore(kept.expiresAt())) {
            throw new NotPossible("delivery_expired");
        }
        return kept;
    }

    /** Takes away what has expired; says whether there was nothing left to do. */
    boolean expireSome() {
        List<PackageStore.Kept> expired =
                QuarkusTransaction.requiringNew().call(() -> store.expired(clock.instant(), BATCH));
        expired.forEach(kept -> QuarkusTransaction.requiringNew().run(() -> {
            RightsRequest request = requests.get(kept.request());
            store.remove(kept, clock.instant());
            requests.record(request.removePackage(SELF));
        }));
        return expired.size() < BATCH;
    }
}
