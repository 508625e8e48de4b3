package org.habeas.casework;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.problem.NotPossible;
import org.habeas.request.RequestEvent;
import org.habeas.request.RightsRequest;
import org.habeas.request.Wording;
import org.habeas.vault.Part;
import org.habeas.vault.Vault;

/** What officers write to each other about a case, sealed under the case's key; the person never sees it. */
@ApplicationScoped
@Transactional
class Notes {
    private final AgroalDataSource database;
    private final Wording wording;
    private final Vault vault;
    private final Ledger ledger;
    private final Clock clock;

    Notes(AgroalDataSource database, Wording wording, Vault vault, Ledger ledger, Clock clock) {
        this.database = database;
        this.wording = wording;
        this.vault = vault;
        this.ledger = ledger;
        this.clock = clock;
    }

    void add(RightsRequest request, Actor officer, String text) {
        request.mustRemember();
        ledger.append(Act.of("case.noted", officer).about(request.id()), row(request, officer, text, false));
        wording.keep(request, text);
    }

    /** A note that belongs to another act, which has an entry of its own; {@code evidence} of identity goes with the other. */
    void keep(RightsRequest request, Actor officer, String text, boolean evidence) {
        request.mustRemember();
        Ledger.Along row = row(request, officer, text, evidence);
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(row.insert())) {
            int next = 1;
            for (Object value : row.values()) {
                insert.setObject(next++, value);
            }
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a note cannot be kept", e);
        }
        wording.keep(request, text);
    }

    private Ledger.Along row(RightsRequest request, Actor officer, String text, boolean evidence) {
        UUID id = UUID.randomUUID();
        UUID key = evidence ? vault.partKey(request.vaultKey(), Part.EVIDENCE) : request.vaultKey();
        return new Ledger.Along(
                "insert into case_note (id, request_id, written_at, officer, text_sealed, evidence) values (?, ?, ?, ?, ?, ?)",
                List.of(
                        id,
                        request.id(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        officer.name(),
                        seal(key, text, id),
                        evidence));
    }

    private byte[] seal(UUID key, String text, UUID id) {
        try {
            return vault.seal(key, text, "note:" + id);
        } catch (Vault.Shredded e) {
            throw new NotPossible("problem_forgotten");
        }
    }

    /** The notes go with the rest of what the case held, those on identity with the evidence of it. */
    void forget(@Observes RequestEvent.Forgotten event) {
        if (!event.of(Part.EVIDENCE)) {
            return;
        }
        try (var connection = database.getConnection();
                var delete =
                        connection.prepareStatement("delete from case_note where request_id = ? and (evidence or ?)")) {
            delete.setObject(1, event.request().id());
            delete.setBoolean(2, event.part().isEmpty());
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("notes cannot be deleted", e);
        }
    }

    /** The notes of a case, oldest first. */
    List<CaseFile.Note> of(RightsRequest request) {
        List<CaseFile.Note> notes = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "select id, written_at, officer, text_sealed, evidence from case_note"
                                + " where request_id = ? order by written_at, id")) {
            select.setObject(1, request.id());
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    Instant at = rows.getTimestamp(2).toInstant();
                    UUID key = rows.getBoolean(5) ? Part.EVIDENCE.of(request.vaultKey()) : request.vaultKey();
                    String text = vault.openText(key, rows.getBytes(4), "note:" + rows.getString(1));
                    notes.add(new CaseFile.Note(at, rows.getString(3), text));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("notes cannot be read", e);
        }
        return notes;
    }
}
