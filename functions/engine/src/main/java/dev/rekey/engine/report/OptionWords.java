package dev.rekey.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The options of a report's run as they are typed. */
final class OptionWords {
    private OptionWords() {}

    static String of(JsonNode report) {
        var words = new ArrayList<String>();
        Formats.texts(report.path("scope").path("tables")).forEach(table -> words.add("--table " + table));
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
        option(options, "sample", "--sample", words);
        option(options, "onFailure", "--on-failure", words);
        option(options.path("limits"), "readUnitsPerSecond", "--read", words);
        option(options.path("limits"), "writeUnitsPerSecond", "--write", words);
        return String.join(" ", words);
    }

    private static void option(JsonNode options, String name, String option, List<String> words) {
        if (options.has(name)) {
            words.add(option + " " + options.path(name).asText());
        }
    }
}
