package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.deployment.ExecutionResult;
import dev.rekey.cli.text.ChangesText;
import dev.rekey.cli.text.Columns;
import dev.rekey.cli.text.DifferenceText;
import dev.rekey.cli.text.NotesText;
import dev.rekey.cli.text.Numbers;
import dev.rekey.cli.text.SurveyText;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemText;
import dev.rekey.engine.analyze.ChangeSummary;
import dev.rekey.engine.analyze.Survey;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.status.PlanProblems;
import dev.rekey.engine.status.Report;
import dev.rekey.engine.store.Documents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is shown of an execution that has ended. */
record Result(ExecutionResult ending, Optional<Report> report, Duration elapsed, Optional<SavedReports.Pair> saved) {
    private static final String FAILED = "failed";

    /** What {@code --json} repeats of a report, where the answer does not say it. */
    private static final List<String> SECTIONS = List.of(
            "counts",
            "verification",
            "remaining",
            "differences",
            "differenceFiles",
            "survey",
            "changes",
            "stale",
            "undone",
            "mappingChanges");

    /** For programs: the output or the failure, and what the report says of each table. */
    ObjectNode document() {
        ObjectNode document = ending.document().deepCopy();
        report.ifPresent(found -> add(found, document));
        return document;
    }

    private void add(Report found, ObjectNode document) {
        if (!document.has("report")) {
            document.put("report", found.address());
        }
        if (!document.has("page")) {
            document.put("page", found.page());
        }
        var content = Documents.tree(found.content());
        if (content.has("tables")) {
            document.set("tables", content.get("tables"));
        }
        for (var section : SECTIONS) {
            if (content.has(section) && !document.has(section)) {
                document.set(section, content.get(section));
            }
        }
        if (!ending.succeeded() && document.get("verification") instanceof ObjectNode verification) {
            verification.put("verdict", FAILED);
        }
        saved.ifPresent(files -> document.putObject("saved")
                .put("page", files.page().toString())
                .put("json", files.json().toString()));
        if (!problems().isEmpty()) {
            document.set("problems", PlanProblems.json(problems()));
        }
    }

    /** For people. */
    List<String> lines() {
        var lines = new ArrayList<>(ProblemText.folded(problems()));
        lines.add(message());
        var survey = survey();
        if (survey.isPresent()) {
            lines.addAll(SurveyText.lines(survey.get(), hasSearched()));
            lines.addAll(changes());
            lines.add("");
        } else if (ending.succeeded()) {
            lines.addAll(tables());
        }
        content().ifPresent(found -> {
            lines.addAll(DifferenceText.lines(found.verified()));
            lines.addAll(SurveyText.stale(found.verified().stale()));
        });
        lines.addAll(NotesText.lines(notes()));
        lines.addAll(summary());
        return survey.flatMap(Survey::sampled)
                .map(records ->
                        lines.stream().map(line -> sampled(line, records)).toList())
                .orElse(lines);
    }

    /** What the problems above say is not said again. */
    private String message() {
        var errors = problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        if (errors.isEmpty()) {
            return ending.message();
        }
        var first = errors.getFirst();
        return ending.message()
                .replace(
                        ": " + first.id() + " at " + first.path() + ": " + first.fact() + ".",
                        ": " + Numbers.count(errors.size(), "error") + ".")
                .replace(" " + first.hint(), "");
    }

    /** A line of a sample must not be quoted as if every record had been read. */
    private static String sampled(String line, int records) {
        return line.isEmpty() ? line : "[sample of " + Numbers.count(records) + "] " + line;
    }

    private Optional<RunReport> content() {
        return report.map(Report::content);
    }

    /** Of an analysis; a migration shows what it has done instead. */
    private Optional<Survey> survey() {
        return content()
                .filter(found ->
                        RunOutcome.ANALYZED.word().equals(found.ending().outcome()))
                .flatMap(found -> found.work().survey());
    }

    private Optional<ChangeSummary> listedChanges() {
        return content().flatMap(found -> found.work().changes());
    }

    private List<String> changes() {
        return listedChanges().map(ChangesText::section).orElse(List.of());
    }

    private boolean hasSearched() {
        return content()
                .filter(found -> Action.ANALYZE.word().equals(found.subject().action()))
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
        return ending.notes();
    }

    /** What an analysis found in the data; its report has them all. */
    private List<Problem> problems() {
        return content().map(found -> found.ending().problems()).orElse(List.of());
    }

    private List<String> tables() {
        var tables = content().map(found -> found.work().tables()).orElse(Map.of());
        if (tables.isEmpty()) {
            return List.of();
        }
        var counts = tables.values().stream()
                .flatMap(table -> table.counts().entrySet().stream())
                .filter(count -> count.getValue() > 0)
                .map(Map.Entry::getKey)
                .distinct()
                .sorted(Comparator.comparing(Counted::word))
                .toList();
        var columns = new Columns(
                Stream.concat(Stream.of("level", "table"), counts.stream().map(Counted::word))
                        .toArray(String[]::new));
        tables.entrySet().stream()
                .sorted(Comparator.<Map.Entry<TableName, RunReport.OfTable>>comparingInt(
                                table -> table.getValue().level())
                        .thenComparing(Map.Entry::getKey))
                .forEach(table -> columns.row(row(table.getKey(), table.getValue(), counts)));
        return columns.lines();
    }

    private static String[] row(TableName name, RunReport.OfTable table, List<Counted> counts) {
        return Stream.concat(
                        Stream.of(String.valueOf(table.level()), name.value()),
                        // What is created for references to it is read from no table.
                        counts.stream()
                                .map(count -> name.isCreated() && count == Counted.READ
                                        ? ""
                                        : Numbers.count(count.in(table.counts()))))
                .toArray(String[]::new);
    }

    private List<String> summary() {
        var lines = new ArrayList<String>();
        if (!ending.text("run").isEmpty()) {
            lines.add("run           " + ending.run());
        }
        var counts = counts("counts", found -> found.work().counts());
        if (!counts.isEmpty()) {
            lines.addAll(read(counts));
        }
        var verification = counts("verification", found -> found.verified().verification());
        if (!verification.isEmpty()) {
            var found = words(verification);
            lines.add("verification  " + ending.verification().orElse(FAILED) + (found.isEmpty() ? "" : ": " + found));
        }
        var remaining = counts("remaining", found -> found.verified().remaining());
        if (!remaining.isEmpty()) {
            lines.add("remaining     " + words(remaining));
        }
        lines.add("time          " + Numbers.duration(elapsed));
        address("report", Report::address).ifPresent(at -> lines.add("report        " + at));
        address("page", Report::page).ifPresent(at -> lines.add("page          " + at));
        saved.ifPresent(files -> lines.add("saved         " + files.page()));
        if (listedChanges().isPresent()) {
            lines.add("changes       rekey changes --run " + ending.run());
        }
        // The last line is what a reader of a long log looks at.
        Optional.of(ending.text("verdict"))
                .filter(verdict -> !verdict.isEmpty())
                .ifPresent(verdict -> lines.add("verdict       " + verdict));
        return lines;
    }

    /** Those of the answer; if it has none, those of the report. */
    private SortedMap<String, Long> counts(String name, Function<RunReport, Map<Counted, Long>> ofReport) {
        var answered = ending.counts(name);
        if (answered.isEmpty()) {
            content()
                    .map(ofReport)
                    .ifPresent(found -> found.forEach((what, count) -> answered.put(what.word(), count)));
        }
        return answered;
    }

    private Optional<String> address(String name, Function<Report, String> ofReport) {
        return Optional.of(ending.text(name)).filter(text -> !text.isEmpty()).or(() -> report.map(ofReport));
    }

    /** Records and bytes apart. An analysis has changed none of those that it counts as updated or identical. */
    private List<String> read(SortedMap<String, Long> counts) {
        boolean isAnalysis =
                content().filter(found -> found.ending().verdict().isPresent()).isPresent();
        var records = new TreeMap<String, Long>();
        counts.forEach((what, count) -> records.put(isAnalysis ? Counted.wordOfAnalysis(what) : what, count));
        var read = Optional.ofNullable(records.remove(Counted.BYTES.word())).orElse(0L);
        var mapped =
                Optional.ofNullable(records.remove(Counted.TARGET_BYTES.word())).orElse(0L);
        var line = "records       " + words(records);
        return read == 0
                ? List.of(line)
                : List.of(line, "bytes         " + Numbers.count(read) + " read, " + Numbers.count(mapped) + " mapped");
    }

    /** All numbers but the zeros. */
    private static String words(SortedMap<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> Numbers.count(count.getValue()) + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }
}
