package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Wording;
import dev.rekey.engine.undo.MappedIds;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where old and new ids can be had. */
final class MappingSection {
    private static final Set<String> WITH_IDS = Set.of("migrated", "verified", "tested");

    /** More are folded up. */
    private static final int SHOWN_AT_ONCE = 20;

    private final JsonNode report;
    private final Optional<List<MappedIds>> ids;

    MappingSection(JsonNode report, Optional<List<MappedIds>> ids) {
        this.report = report;
        this.ids = ids;
    }

    Optional<Map<String, Object>> section() {
        if (!WITH_IDS.contains(Formats.text(report, "outcome"))) {
            return Optional.empty();
        }
        var run = Formats.text(report, "run");
        var all = ids.orElse(List.of());
        var section = new LinkedHashMap<String, Object>();
        section.put("hasIds", ids.isPresent());
        section.put("data", ids.map(MappingSection::csv).orElse(""));
        section.put("file", run + "-ids.csv");
        section.put("count", Wording.count(all.size(), "record"));
        section.put("open", all.size() <= SHOWN_AT_ONCE);
        section.put("rows", all.stream().map(MappingSection::row).toList());
        section.put("command", "rekey report --run " + run + " --ids");
        return Optional.of(section);
    }

    private static String csv(List<MappedIds> ids) {
        var csv = MappedIds.heading() + ids.stream().map(MappedIds::line).collect(Collectors.joining());
        return Base64.getEncoder().encodeToString(csv.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> row(MappedIds ids) {
        return Map.of(
                "table",
                ids.table(),
                "old",
                key(ids.oldPartitionKey(), ids.oldSortKey()),
                "new",
                key(ids.newPartitionKey(), ids.newSortKey()),
                "outcome",
                ids.outcome());
    }

    private static String key(String partition, String sort) {
        return Wording.visible(sort.isEmpty() ? partition : partition + " · " + sort);
    }
}
