package org.habeas.retention;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a finished run leaves: what was due, purged, held and failed, by which rule, counted before and after. JSON on one
 * line with sorted keys, and the SHA-256 of exactly these bytes.
 */
final class Certificate {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Certificate() {}

    /** Writes it into the finished run. */
    static void seal(RetentionRun run) {
        try {
            run.certificate = JSON.writeValueAsString(of(run));
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(run.certificate.getBytes(StandardCharsets.UTF_8));
            run.digest = HexFormat.of().formatHex(digest);
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a certificate cannot be written", e);
        }
    }

    private static Map<String, Object> of(RetentionRun run) {
        Map<String, Object> told = new TreeMap<>();
        told.put("format", "habeas-retention-certificate/1");
        told.put("run", run.id.toString());
        told.put("state", run.state.code());
        told.put("dry_run", run.dryRun);
        told.put("day", run.today.toString());
        told.put("opened_at", run.openedAt.toString());
        told.put("opened_by", run.openedBy);
        told.put("finished_at", text(run.finishedAt));
        told.put("seconds", run.took().toSeconds());
        told.put(
                "released_by",
                run.releasedSecondBy == null ? List.of() : List.of(run.releasedBy, run.releasedSecondBy));
        told.put("collections", run.collections.stream().map(Certificate::of).toList());
        return told;
    }

    private static Map<String, Object> of(RunCollection row) {
        Map<String, Object> told = new TreeMap<>();
        told.put("system", row.system);
        told.put("collection", row.collection);
        told.put("kind", row.kind.name().toLowerCase(java.util.Locale.ROOT));
        told.put("rule", row.rule);
        told.put("citation", row.citation);
        told.put("mode", row.mode.name().toLowerCase(java.util.Locale.ROOT));
        told.put("due_before", text(row.dueBefore));
        told.put("due", row.due);
        told.put("purged", row.purged);
        told.put("held", row.held);
        told.put("failed", row.failed);
        told.put("batches", row.batches);
        told.put("count_before", row.rowsBefore);
        told.put("count_after", row.rowsAfter);
        told.put("kept", new LinkedHashMap<>(row.kept));
        told.put("problem", row.problem);
        return told;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
