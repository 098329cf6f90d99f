package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.ledger.Decision;
import dev.rekey.engine.pace.Crew;
import dev.rekey.engine.pace.Pacing;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.trial.SingleRecordTest;
import dev.rekey.engine.turn.Turn;
import dev.rekey.engine.wording.Wording;
import java.util.Optional;
import java.util.TreeSet;

/** Migrates one record and what it references, and verifies them. */
public final class TestHandler extends LeasingHandler {
    /** As Lambda makes it. */
    public TestHandler() {
        this(Bootstrap.ofProcess());
    }

    public TestHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    private record Answer(String outcome, int records, String message) {}

    @Override
    Object answer(JsonNode input, Turn turn, Documents documents) {
        var task = Task.of(input);
        var run = bootstrap().runs().withoutOrphans(documents, task.run());
        var table = new TableName(task.text("table"));
        if (!run.manifest().tables().containsKey(table)) {
            return new Answer(
                    "failed",
                    0,
                    "Cannot test: the plan has no table \"%s\". No table was written to. Give \"table\": one of: %s."
                            .formatted(
                                    table,
                                    Wording.list(new TreeSet<>(
                                            run.manifest().tables().keySet()))));
        }
        var pacing = new Pacing(turn, Crew.alone(documents, task.folder()));
        pacing.within(
                documents.get(task.folder().control(), Control.class).value().limits());
        var stores = new SingleRecordTest.Stores(
                pacing.source(bootstrap().sides().of(run.plan().source())),
                pacing.target(bootstrap().sides().of(run.plan().target())),
                documents);
        var id = Optional.of(task.text("id")).filter(text -> !text.isEmpty());
        var answer = answer(new SingleRecordTest(run, stores, task.epoch(), turn).test(table, id));
        task.record(documents, turn, new Decision.Tested(answer.outcome(), answer.records(), answer.message()));
        return answer;
    }

    private static Answer answer(SingleRecordTest.Outcome outcome) {
        return switch (outcome) {
            case SingleRecordTest.Outcome.Passed passed -> new Answer("passed", passed.records(), "");
            case SingleRecordTest.Outcome.Failed failed ->
                new Answer("failed", 0, failed.failure().message());
            case SingleRecordTest.Outcome.Stopped _ -> new Answer("stopped", 0, "Another execution has taken the run.");
        };
    }
}
