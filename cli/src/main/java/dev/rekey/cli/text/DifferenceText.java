package dev.rekey.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Wording;
import dev.rekey.engine.verify.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The first differences that a verification found, for people. */
public final class DifferenceText {
    private static final int SHOWN = 10;
    private static final int CHANGES_SHOWN = 3;

    private DifferenceText() {}

    /** @param report of an execution; of one that found none, there are no lines */
    public static List<String> lines(JsonNode report) {
        var all = report.path("differences").valueStream().toList();
        if (all.isEmpty()) {
            return List.of();
        }
        var columns = new Columns("verdict", "table", "record", "what differs");
        all.stream()
                .limit(SHOWN)
                .forEach(one -> columns.row(
                        one.path("verdict").asText(),
                        one.path("table").asText(),
                        one.path("record").asText(),
                        changes(one) + refersTo(one.path("refersTo"))));
        var lines = new ArrayList<>(columns.lines());
        if (all.size() > SHOWN) {
            lines.add("These are the first %s of %s. The report lists %s and names the file that holds all."
                    .formatted(
                            Wording.count(SHOWN),
                            Wording.count(Math.max(all.size(), found(report)), "difference"),
                            Wording.count(all.size())));
        }
        lines.add("");
        return lines;
    }

    /** The report lists only some of them, but counts all. */
    private static long found(JsonNode report) {
        return report.path("verification").properties().stream()
                .filter(count -> Verdict.find(count.getKey())
                        .filter(verdict -> verdict.isFailure() || verdict.remains())
                        .isPresent())
                .mapToLong(count -> count.getValue().asLong())
                .sum();
    }

    private static String refersTo(JsonNode referred) {
        return referred.isMissingNode()
                ? ""
                : " -> " + referred.path("family").asText() + " "
                        + referred.path("id").path("canonical").asText();
    }

    private static String changes(JsonNode difference) {
        var changes = difference.path("changes").valueStream().toList();
        long all = difference.path("places").asLong(changes.size());
        if (changes.isEmpty()) {
            return more(
                    difference
                            .path("attributes")
                            .valueStream()
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(", ")),
                    all - 1);
        }
        var text = changes.stream()
                .limit(CHANGES_SHOWN)
                .map(DifferenceText::change)
                .collect(Collectors.joining("; "));
        return more(text, all - CHANGES_SHOWN);
    }

    private static String more(String text, long places) {
        return places > 0 ? text + "; " + Wording.count(places, "more place") : text;
    }

    /** Values are told only where somebody asked for them. */
    private static String change(JsonNode change) {
        var should = change.path("beforeValue").asText(change.path("before").asText());
        var is = change.path("afterValue").asText(change.path("after").asText());
        return change.path("path").asText()
                + (should.equals(is) ? " (" + is + ", another value)" : ": should be " + should + ", is " + is);
    }
}
