package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.deployment.ExecutionResult;
import dev.rekey.cli.exit.PlanProblems;
import dev.rekey.cli.text.ChangesText;
import dev.rekey.cli.text.Columns;
import dev.rekey.cli.text.DifferenceText;
import dev.rekey.cli.text.NotesText;
import dev.rekey.cli.text.Numbers;
import dev.rekey.cli.text.SurveyText;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.reading.Problem;
import dev.rekey.core.plan.reading.ProblemText;
import dev.rekey.engine.analyze.ChangeSummary;
import dev.rekey.engine.analyze.StaleIds;
import dev.rekey.engine.analyze.Survey;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is shown of an execution that has ended. */
record Result(ExecutionResult ending, Optional<Report> report, Duration elapsed, Optional<SavedReports.Pair> saved) {
    private static final int PROBLEMS_SHOWN = 20;

    /** For programs: the output or the failure, and what the report says of each table. */
    ObjectNode document() {
        ObjectNode document = ending.document().deepCopy();
        report.ifPresent(found -> {
            if (!document.has("report")) {
                document.put("report", found.address());
            }
            if (!document.has("page")) {
                document.put("page", found.page());
            }
            if (found.content().has("tables")) {
                document.set("tables", found.content().get("tables"));
            }
            for (var section : List.of(
                    "counts",
                    "verification",
                    "remaining",
                    "differences",
                    "differenceFiles",
                    "survey",
                    "changes",
                    "stale",
                    "undone",
                    "mappingChanges")) {
                if (found.content().has(section) && !document.has(section)) {
                    document.set(section, found.content().get(section).deepCopy());
                }
            }
            if (!ending.succeeded() && document.path("verification") instanceof ObjectNode verification) {
                verification.put("verdict", "failed");
            }
            saved.ifPresent(files -> document.putObject("saved")
                    .put("page", files.page().toString())
                    .put("json", files.json().toString()));
            if (!problems().isEmpty()) {
                document.set("problems", PlanProblems.json(problems()));
            }
        });
        return document;
    }

    /** For people. */
    List<String> lines() {
        var lines = new ArrayList<>(
                ProblemText.lines(problems().stream().limit(PROBLEMS_SHOWN).toList()));
        if (problems().size() > PROBLEMS_SHOWN) {
            lines.add(Wording.count(problems().size() - PROBLEMS_SHOWN, "more problem")
                    + " in the report and in --json.");
        }
        lines.add(ending.message());
        var survey = survey();
        if (survey.isPresent()) {
            lines.addAll(SurveyText.lines(survey.get(), hasSearched()));
            lines.addAll(changes());
            lines.add("");
        } else if (ending.succeeded()) {
            lines.addAll(tables());
        }
        report.ifPresent(found -> lines.addAll(DifferenceText.lines(found.content())));
        lines.addAll(SurveyText.stale(stale()));
        lines.addAll(NotesText.lines(notes()));
        lines.addAll(summary());
        return survey.flatMap(Survey::sampled)
                .map(records ->
                        lines.stream().map(line -> sampled(line, records)).toList())
                .orElse(lines);
    }

    /** A line of a sample must not be quoted as if every record had been read. */
    private static String sampled(String line, int records) {
        return line.isEmpty() ? line : "[sample of " + Numbers.count(records) + "] " + line;
    }

    /** Whether the execution ended after the analysis. */
    private boolean isAnalysis() {
        return report.filter(found -> found.content().has("verdict")).isPresent();
    }

    /** Of an analysis; a migration shows what it has done instead. */
    private Optional<Survey> survey() {
        return report.map(Report::content)
                .filter(content ->
                        content.path("outcome").asText().equals(dev.rekey.engine.report.RunOutcome.ANALYZED.word()))
                .filter(content -> content.path("survey").isObject())
                .map(content -> read(content.path("survey"), Survey.class));
    }

    private List<String> changes() {
        return report.map(Report::content)
                .filter(content -> content.has("changes"))
                .map(content -> ChangesText.section(read(content.path("changes"), ChangeSummary.class)))
                .orElse(List.of());
    }

    private boolean hasSearched() {
        return report.filter(found -> found.content().path("action").asText().equals(Action.ANALYZE.word()))
                .isPresent();
    }

    /** For one of several executions of a plan, whose notes are shown once. */
    Result withoutNotes() {
        var document = ending.document().deepCopy();
        document.remove("notes");
        return new Result(
                new ExecutionResult(ending.code(), ending.message(), ending.run(), document), report, elapsed, saved);
    }

    List<String> notes() {
        return ending.document()
                .path("notes")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    private List<StaleIds> stale() {
        return report.map(Report::content)
                .filter(content -> content.path("stale").isArray())
                .map(content -> List.of(read(content.path("stale"), StaleIds[].class)))
                .orElse(List.of());
    }

    private <T> T read(JsonNode node, Class<T> type) {
        return Documents.decode(
                new ObjectKey(report.orElseThrow().address()), node.toString().getBytes(StandardCharsets.UTF_8), type);
    }

    /** What an analysis found in the data; its report has them all. */
    private List<Problem> problems() {
        return report.stream()
                .flatMap(found -> PlanProblems.of(found.content()).stream())
                .toList();
    }

    private List<String> tables() {
        var tables = report.map(found -> found.content().path("tables"));
        if (tables.isEmpty() || tables.get().isEmpty()) {
            return List.of();
        }
        var counts = tables.get().properties().stream()
                .flatMap(table -> table.getValue().path("counts").properties().stream())
                .filter(count -> count.getValue().asLong() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        var headings = new ArrayList<>(List.of("level", "table"));
        headings.addAll(counts);
        var columns = new Columns(headings.toArray(String[]::new));
        var byLevel = tables.get().properties().stream()
                .sorted(Comparator.<Map.Entry<String, JsonNode>>comparingInt(
                                table -> table.getValue().path("level").asInt())
                        .thenComparing(Map.Entry::getKey))
                .toList();
        for (var table : byLevel) {
            var row = new ArrayList<>(List.of(table.getValue().path("level").asText(), table.getKey()));
            // What is created for references to it is read from no table.
            var unread = new TableName(table.getKey()).isCreated() ? Counted.READ.word() : "";
            counts.forEach(count -> row.add(
                    count.equals(unread)
                            ? ""
                            : Numbers.count(
                                    table.getValue().path("counts").path(count).asLong())));
            columns.row(row.toArray(String[]::new));
        }
        return columns.lines();
    }

    private List<String> summary() {
        var output = document();
        var lines = new ArrayList<String>();
        if (output.has("run")) {
            lines.add("run           " + ending.run());
        }
        if (output.path("counts").isObject()) {
            lines.addAll(read(output.path("counts"), isAnalysis()));
        }
        if (output.path("verification").isObject()) {
            lines.add("verification  " + verification(output.path("verification")));
        }
        if (output.path("remaining").isObject()) {
            lines.add("remaining     " + counts(output.path("remaining")));
        }
        lines.add("time          " + Numbers.duration(elapsed));
        present(output, "report").ifPresent(at -> lines.add("report        " + at));
        present(output, "page").ifPresent(at -> lines.add("page          " + at));
        saved.ifPresent(files -> lines.add("saved         " + files.page()));
        if (report.filter(found -> found.content().has("changes")).isPresent()) {
            lines.add("changes       rekey changes --run " + ending.run());
        }
        // The last line is what a reader of a long log looks at.
        present(output, "verdict").ifPresent(verdict -> lines.add("verdict       " + verdict));
        return lines;
    }

    /** Records and bytes apart. An analysis has changed none of those that it counts as updated or identical. */
    private static List<String> read(JsonNode counts, boolean isAnalysis) {
        ObjectNode records = counts.deepCopy();
        if (isAnalysis) {
            rename(records, Counted.UPDATED);
            rename(records, Counted.IDENTICAL);
        }
        var bytes = Stream.of("bytes", "targetBytes")
                .map(name -> Optional.ofNullable(records.remove(name))
                        .map(JsonNode::asLong)
                        .orElse(0L))
                .toList();
        var line = "records       " + counts(records);
        return bytes.getFirst() == 0
                ? List.of(line)
                : List.of(
                        line,
                        "bytes         " + Numbers.count(bytes.getFirst()) + " read, " + Numbers.count(bytes.getLast())
                                + " mapped");
    }

    private static void rename(ObjectNode counts, Counted what) {
        Optional.ofNullable(counts.remove(what.word()))
                .ifPresent(count -> counts.set(Counted.wordOfAnalysis(what.word()), count));
    }

    private static String verification(JsonNode verification) {
        var found = counts(verification);
        return verification.path("verdict").asText() + (found.isEmpty() ? "" : ": " + found);
    }

    /** All numbers but the zeros. */
    private static String counts(JsonNode counts) {
        return counts.properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(count -> count.getValue().isNumber() && count.getValue().asLong() > 0)
                .map(count -> Numbers.count(count.getValue().asLong()) + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> present(JsonNode output, String field) {
        return Optional.of(output.path(field).asText()).filter(text -> !text.isEmpty());
    }
}
