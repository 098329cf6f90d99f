package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.text.Numbers;
import dev.rekey.cli.text.Wrapping;
import dev.rekey.core.plan.Limits;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.OnFailure;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.UsedOptions;
import dev.rekey.engine.store.Documents;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A run with its history.
 *
 * @param executions that worked on it, in the order in which they began
 * @param blockers of its analysis, conflicts among them
 */
record PastRun(RunSummary run, List<Execution> executions, List<Finding> blockers, List<Finding> warnings) {

    /**
     * An execution that worked on the run, or was refused.
     *
     * @param arn of the execution; the account's own log knows who started it
     * @param ended empty while it works, and if it was ended from outside
     */
    record Execution(RunId task, String action, String arn, Instant began, Optional<Ending> ended) {
        private String words(boolean gone) {
            return began.truncatedTo(ChronoUnit.MILLIS)
                    + ended.map(end ->
                                    ", took " + Numbers.duration(Duration.between(began, end.at)) + ": " + end.words())
                            .orElse(gone ? ", ended without an outcome." : ", has not ended.")
                    + " Execution " + arn.substring(arn.lastIndexOf(':') + 1) + ".";
        }

        private void addTo(ObjectNode json) {
            json.put("execution", arn)
                    .put("task", task.value())
                    .put("action", action)
                    .put("startedAt", began.toString());
            ended.ifPresent(end -> end.addTo(json));
        }
    }

    /** How an execution ended, as its ledger says. */
    record Ending(
            Instant at,
            String outcome,
            Optional<String> error,
            String message,
            Map<Counted, Long> counts,
            long driftKept) {
        static Ending of(Instant at, Decision.Ended ended) {
            return new Ending(at, ended.outcome(), ended.error(), ended.message(), ended.counts(), ended.driftKept());
        }

        static Ending refused(Instant at, Decision.Refused refused) {
            return new Ending(at, "refused", Optional.empty(), refused.cause(), Map.of(), 0);
        }

        private String words() {
            var found = counts.entrySet().stream()
                    .filter(count -> count.getValue() > 0)
                    .sorted(Map.Entry.comparingByKey())
                    .map(count -> Numbers.count(count.getValue()) + " "
                            + count.getKey().word())
                    .collect(Collectors.joining(", "));
            return outcome + error.map(" "::concat).orElse("") + ". " + message
                    + (found.isEmpty() ? "" : " " + found + ".");
        }

        private void addTo(ObjectNode json) {
            json.put("endedAt", at.toString()).put("outcome", outcome).put("message", message);
            error.ifPresent(name -> json.put("error", name));
            if (!counts.isEmpty()) {
                var all = json.putObject("counts");
                counts.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(count -> all.put(count.getKey().word(), count.getValue()));
            }
            if (driftKept > 0) {
                json.put("drift", driftKept);
            }
        }
    }

    /** What an analysis found in the data. */
    record Finding(String id, Optional<String> table, String path, long count) {
        private String words() {
            return Numbers.count(count) + " " + id + " at "
                    + table.map(name -> name + (path.isEmpty() ? "" : "." + path))
                            .orElse(path);
        }

        private void addTo(ObjectNode json) {
            json.put("id", id);
            table.ifPresent(name -> json.put("table", name));
            json.put("path", path).put("count", count);
        }
    }

    /** Of 80 columns at most, but for words that are longer. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(run.id() + "  " + run.action() + ", " + run.phaseAndPart());
        add("records", Numbers.count(run.estimatedRecords()), lines);
        add("options", String.join(" ", options()), lines);
        add("limits", String.join(", ", run.limits()), lines);
        add("undone", String.join("; ", run.partlyRolledBack()), lines);
        add("blockers", words(blockers), lines);
        add("warnings", words(warnings), lines);
        executions.forEach(execution -> add(execution.action, execution.words(isGone(execution)), lines));
        return lines;
    }

    /** Another execution may have taken the run over. A run that is finished may be worked on, by a verification. */
    private boolean isGone(Execution execution) {
        return run.abandoned()
                || run.control()
                        .filter(found -> found.phase().isUnfinished()
                                && !found.execution().equals(execution.arn))
                        .isPresent();
    }

    private static void add(String label, String text, List<String> lines) {
        if (!text.isEmpty()) {
            lines.addAll(Wrapping.lines("  %-8s  ".formatted(label), text));
        }
    }

    private static String words(List<Finding> found) {
        return found.stream().map(Finding::words).collect(Collectors.joining(", "));
    }

    /** What the run was asked for, as it is typed. */
    private List<String> options() {
        var given = new ArrayList<>(run.scopeOrAll().options());
        run.parameters().forEach((name, value) -> given.add("--parameter " + name + "=" + value));
        var usual = run.changesInPlace() ? OnFailure.USUAL_IN_PLACE : OnFailure.USUAL;
        used().ifPresent(used -> given.addAll(used.words(usual)));
        return given;
    }

    private Optional<UsedOptions> used() {
        return run.manifest()
                .map(found -> UsedOptions.of(
                        found.origin(), run.control().map(Control::limits).orElse(Limits.NONE)));
    }

    ObjectNode json() {
        var json = run.json();
        used().ifPresent(used -> json.set("options", Documents.tree(used)));
        var all = json.putArray("executions");
        executions.forEach(execution -> execution.addTo(all.addObject()));
        addTo(json, "blockers", blockers);
        addTo(json, "warnings", warnings);
        return json;
    }

    private static void addTo(ObjectNode json, String name, List<Finding> found) {
        if (!found.isEmpty()) {
            var list = json.putArray(name);
            found.forEach(one -> one.addTo(list.addObject()));
        }
    }
}
