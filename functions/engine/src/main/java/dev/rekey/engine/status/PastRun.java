package dev.rekey.engine.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.UsedOptions;
import dev.rekey.engine.store.Documents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run with its history.
 *
 * @param executions that worked on it, in the order in which they began
 * @param blockers of its analysis, conflicts among them
 * @param decided what the plan has decided about its data
 */
public record PastRun(
        RunSummary run,
        List<Execution> executions,
        List<Finding> blockers,
        List<Finding> warnings,
        List<Finding> decided) {

    /**
     * An execution that worked on the run, or was refused.
     *
     * @param arn of the execution; the account's own log knows who started it
     * @param ended empty while it works, and if it was ended from outside
     */
    public record Execution(RunId task, String action, String arn, Instant began, Optional<Ending> ended) {
        private void addTo(ObjectNode json) {
            json.put("execution", arn)
                    .put("task", task.value())
                    .put("action", action)
                    .put("startedAt", began.toString());
            ended.ifPresent(end -> end.addTo(json));
        }
    }

    /** How an execution ended, as its ledger says. */
    public record Ending(
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
    public record Finding(String id, Optional<String> table, String path, long count) {
        private void addTo(ObjectNode json) {
            json.put("id", id);
            table.ifPresent(name -> json.put("table", name));
            json.put("path", path).put("count", count);
        }
    }

    /** What the run was asked for, besides its scope and parameters. */
    public Optional<UsedOptions> used() {
        return run.manifest().map(found -> UsedOptions.of(found.origin(), run.limits()));
    }

    /** As {@code --json} of the command line prints it. */
    public ObjectNode json() {
        var json = run.json();
        used().ifPresent(used -> json.set("options", Documents.tree(used)));
        var all = json.putArray("executions");
        executions.forEach(execution -> execution.addTo(all.addObject()));
        addTo(json, "blockers", blockers);
        addTo(json, "warnings", warnings);
        addTo(json, "decided", decided);
        return json;
    }

    private static void addTo(ObjectNode json, String name, List<Finding> found) {
        if (!found.isEmpty()) {
            var list = json.putArray(name);
            found.forEach(one -> one.addTo(list.addObject()));
        }
    }
}
