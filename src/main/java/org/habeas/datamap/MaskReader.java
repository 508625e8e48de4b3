package org.habeas.datamap;

import java.util.List;
import java.util.Optional;

/** Reads a field's mask: {@code habeas.mask}, else Fides' own {@code masking_strategy_override}. */
final class MaskReader {
    private static final String ALLOWED = "clear, null, empty, {text: \"X\"}, hash, year, random";

    private final Part mask;
    private final Part strategy;

    MaskReader(Part habeas, Part meta) {
        this.mask = habeas.get("mask");
        this.strategy = meta.get("masking_strategy_override");
    }

    Optional<Mask> read() {
        if (mask.missing()) {
            return strategy.isMapping() ? fides() : Optional.empty();
        }
        if (mask.isNull()) {
            return Optional.of(new Mask.Clear());
        }
        if (mask.isMapping()) {
            mask.onlyKnows(List.of("text"));
            if (mask.get("text").missing()) {
                mask.error("mask must be one of " + ALLOWED);
            }
            return Optional.of(new Mask.Text(mask.get("text").text().orElse("")));
        }
        return mask.as(MaskReader::named, ALLOWED);
    }

    private static Optional<Mask> named(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "clear", "null" -> new Mask.Clear();
                    case "empty" -> new Mask.Empty();
                    case "hash" -> new Mask.Hash();
                    case "year" -> new Mask.Year();
                    case "random" -> new Mask.Random();
                    default -> null;
                });
    }

    private Optional<Mask> fides() {
        Part name = strategy.get("strategy");
        return switch (name.text().orElse("")) {
            case "null_rewrite" -> Optional.of(new Mask.Clear());
            case "string_rewrite" -> Optional.of(new Mask.Text(
                    strategy.get("configuration").get("rewrite_value").text().orElse("")));
            case "hash", "hmac" -> Optional.of(new Mask.Hash());
            case "random_string_rewrite" -> Optional.of(new Mask.Random());
            default -> {
                name.warning("the masking strategy " + name.text().orElse("") + " is ignored; name one with habeas:"
                        + " {mask: …}: " + ALLOWED);
                yield Optional.empty();
            }
        };
    }
}
