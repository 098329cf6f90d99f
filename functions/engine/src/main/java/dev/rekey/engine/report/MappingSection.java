package dev.rekey.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Wording;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where old and new ids can be had. */
final class MappingSection {
    private static final Set<String> WITH_IDS = Set.of("migrated", "verified", "tested");

    private final JsonNode report;
    private final Optional<String> csv;

    MappingSection(JsonNode report, Optional<String> csv) {
        this.report = report;
        this.csv = csv;
    }

    Optional<Map<String, Object>> section() {
        if (!WITH_IDS.contains(Formats.text(report, "outcome"))) {
            return Optional.empty();
        }
        var run = Formats.text(report, "run");
        long lines = csv.stream().flatMap(String::lines).count();
        return Optional.of(Map.of(
                "data",
                csv.map(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                        .orElse(""),
                "file",
                run + "-ids.csv",
                "count",
                Wording.count(Math.max(0, lines - 1), "record"),
                "command",
                "rekey report --run " + run + " --ids"));
    }
}
