package dev.rekey.engine.workflow;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.Pacing;
import java.util.Optional;
import java.util.TreeSet;

/** Migrates one record, or the first few, and what they reference, and verifies them. */
public record TestState(Ports ports) {
    /** @param id partition key of the record, binary as Base64; empty for the first that the plan includes */
    public RecordTrial.TrialOutcome run(Task task, TableName table, Optional<String> id) {
        var run = ports.runs().withoutOrphans(ports.documents(), task.run());
        if (!run.manifest().tables().containsKey(table)) {
            return new RecordTrial.TrialOutcome.Failed(Failure.in(
                    table,
                    "test.no-table",
                    "Cannot test: the plan has no table \"%s\". No table was written to. Set \"table\" to one of: %s."
                            .formatted(
                                    table,
                                    Wording.list(new TreeSet<>(
                                            run.manifest().tables().keySet())))));
        }
        var pacing = new Pacing(ports.invocation(), ActiveWorkers.alone(ports.documents(), task.folder()));
        pacing.within(ports.control(task).limits());
        var outcome = new RecordTrial(run, ports, task, pacing).test(table, id);
        ports.record(task, decision(outcome));
        return outcome;
    }

    private static Decision decision(RecordTrial.TrialOutcome outcome) {
        return switch (outcome) {
            case RecordTrial.TrialOutcome.Passed(int records) -> new Decision.Tested("passed", records, "");
            case RecordTrial.TrialOutcome.Failed(var failure) -> new Decision.Tested("failed", 0, failure.message());
            case RecordTrial.TrialOutcome.Stopped _ ->
                new Decision.Tested("stopped", 0, "Another execution has taken over the run.");
        };
    }
}
