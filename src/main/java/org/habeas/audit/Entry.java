package org.habeas.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One line of the history and leaf of its tree: JSON on one line, keys sorted, no spaces, UTF-8. The random {@code id} makes
 * every leaf its own and keeps neighbours in a proof from being guessed. See docs/history-format.md.
 */
record Entry(UUID id, Instant at, String actor, Act act, Optional<byte[]> commitment) {
    static final int FORMAT = 1;

    private static final JsonFactory JSON = new JsonFactory();

    Entry {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** The exact bytes that are stored, hashed and exported. */
    byte[] bytes() {
        ByteArrayOutputStream line = new ByteArrayOutputStream(320);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("actor", actor);
            json.writeStringField("at", at.toString());
            if (commitment.isPresent()) {
                json.writeStringField("details", Base64.getEncoder().encodeToString(commitment.get()));
            }
            json.writeStringField("event", act.event());
            writeFacts(json);
            json.writeStringField("id", id.toString());
            if (act.subject().isPresent()) {
                json.writeStringField("subject", act.subject().get().toString());
            }
            json.writeNumberField("v", FORMAT);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return line.toByteArray();
    }

    private void writeFacts(JsonGenerator json) throws IOException {
        if (act.facts().isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("facts");
        for (Map.Entry<String, Object> fact : act.facts().entrySet()) {
            json.writeFieldName(fact.getKey());
            if (fact.getValue() instanceof Boolean truth) {
                json.writeBoolean(truth);
            } else if (fact.getValue() instanceof Number number) {
                json.writeNumber(number.longValue());
            } else {
                json.writeString(fact.getValue().toString());
            }
        }
        json.writeEndObject();
    }
}
