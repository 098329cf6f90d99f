package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.report.ReportedMode;
import dev.rekey.engine.run.ChangeDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options of a report's run as they are typed. */
final class OptionWords {
    private OptionWords() {}

    static String of(JsonNode report) {
        var words = new ArrayList<String>();
        Formats.texts(report.path("scope").path("tables")).forEach(table -> words.add("--table " + table));
        Formats.texts(report.path("scope").path("without")).forEach(table -> words.add("--without " + table));
        report.path("scope")
                .path("where")
                .properties()
                .forEach(one -> words.add(
                        "--where " + one.getKey() + "=" + one.getValue().asText()));
        var options = report.path("options");
        option(options, "table", "--table", words);
        option(options, "id", "--id", words);
        if (options.has("keep")) {
            words.add("--keep");
        }
        option(options, "sample", options.has("table") ? "--limit" : "--sample", words);
        if (options.has("changes")) {
            words.add(
                    options.path("changes").asText().equals(ChangeDetail.VALUES.word())
                            ? "--changes --show-values"
                            : "--changes");
        }
        if (options.has("allowWarnings")) {
            words.add("--allow-warnings");
        }
        if (options.has("deleteGone")) {
            words.add("--delete-gone");
        }
        var usual = ReportedMode.of(report).onFailure();
        if (!Formats.text(options, "onFailure").equals(usual.word())) {
            option(options, "onFailure", "--on-failure", words);
        }
        return String.join(" ", words);
    }

    /** Empty if there are none: they come from the plan or from {@code rekey limit}. */
    static String limits(JsonNode report) {
        var limits = report.path("options").path("limits");
        return Stream.of("read", "write")
                .filter(kind -> limits.has(kind + "UnitsPerSecond"))
                .map(kind -> Formats.number(limits.path(kind + "UnitsPerSecond").asLong()) + " " + kind
                        + " units per second")
                .collect(Collectors.joining(", "));
    }

    private static void option(JsonNode options, String name, String option, List<String> words) {
        if (options.has(name)) {
            words.add(option + " " + options.path(name).asText());
        }
    }
}
