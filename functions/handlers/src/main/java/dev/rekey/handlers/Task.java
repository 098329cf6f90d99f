package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.ledger.Decision;
import dev.rekey.engine.ledger.Ledger;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.turn.Turn;
import dev.rekey.engine.verify.VerifyWork.Search;
import java.util.Optional;

/**
 * What every function but the first is told.
 *
 * @param run to work on
 * @param task the execution that works on it; the same as {@code run} unless the run is older
 * @param epoch of the run, in which the work was handed out
 */
record Task(RunId run, RunId task, int epoch, JsonNode input) {
    static Task of(JsonNode input) {
        return new Task(
                new RunId(input.required("run").textValue()),
                new RunId(input.required("task").textValue()),
                input.required("epoch").intValue(),
                input);
    }

    RunFolder folder() {
        return new RunFolder(run);
    }

    /** How many workers a Distributed Map runs at once. */
    int concurrency() {
        return input.path("concurrency").asInt(Workflow.CONCURRENCY);
    }

    String text(String name) {
        return input.path(name).asText("");
    }

    /** What a verification looks for beside differences. */
    Search search() {
        return Action.of(text("action")).map(Search::of).orElse(Search.NOTHING);
    }

    /** Appends to the run's ledger what this execution decided. */
    void record(Documents documents, Turn turn, Decision decision) {
        new Ledger(documents, run, turn.time()).append(Optional.of(task), decision);
    }

    /** The item of the Distributed Map. */
    WorkItem item() {
        return Documents.decode(
                folder().key("the work item"),
                input.required("item").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                WorkItem.class);
    }
}
