package org.habeas.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.habeas.problem.Invalid;
import org.habeas.session.BrowserSession;

/** Keeps the draft in the browser's sealed session: the portal itself holds nothing that was not sent. */
@RequestScoped
class Drafts {
    private static final String DRAFT = "draft";
    private static final String PASSPHRASE = "passphrase:";

    private final BrowserSession session;
    private final ObjectMapper json;

    Drafts(BrowserSession session, ObjectMapper json) {
        this.session = session;
        this.json = json;
    }

    Draft current() {
        return session.note(DRAFT).flatMap(this::read).orElseGet(Draft::empty);
    }

    /** Keeps it, or says that it is longer than can be kept. */
    void keep(Draft draft) {
        try {
            if (!session.note(DRAFT, json.writeValueAsString(draft))) {
                throw Invalid.field("message", "request_too_long");
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It was sent: what was typed goes, and the passphrase stays to be read until the session ends. */
    void sent(String reference, String passphrase) {
        session.forget(DRAFT);
        session.note(PASSPHRASE + reference, passphrase);
    }

    /** The passphrase of a request that was made in this session. */
    Optional<String> passphrase(String reference) {
        return session.note(PASSPHRASE + reference);
    }

    private Optional<Draft> read(String text) {
        try {
            return Optional.of(json.readValue(text, Draft.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
