package dev.rekey.engine.status;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.ExecutionArn;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.State;
import dev.rekey.engine.run.Workflow;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.workflow.UnpreparedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A run that exists. */
public record KnownRun(RunId id, Manifest manifest) {
    /** So long after its start, nothing of a run need be in the bucket. */
    private static final Duration BEGINNING = Duration.ofMinutes(1);

    /**
     * What there is of a run, prepared or not: nothing, if it began a moment ago.
     *
     * @param verb what is to be done with the run
     * @throws RunRefusal if {@code text} names no run
     */
    public static RunSummary look(Documents documents, String bucket, String verb, String text, Instant now) {
        var id = id(verb, text);
        var found = new RunList(documents).summary(id);
        if (!found.exists() && !begins(id, now)) {
            throw missing(bucket, verb, id);
        }
        return found;
    }

    /** Whether it may be that the run has written nothing yet. */
    public static boolean begins(RunId id, Instant now) {
        return id.startedAt().isAfter(now.minus(BEGINNING));
    }

    /**
     * @param verb what is to be done with the run
     * @throws RunRefusal if {@code text} names no run, or one that is not prepared
     */
    public static KnownRun find(Documents documents, String bucket, String verb, String text) {
        var id = id(verb, text);
        return documents
                .find(new RunFolder(id).manifest(), Manifest.class)
                .map(Documents.Versioned::value)
                .map(manifest -> new KnownRun(id, manifest))
                .orElseThrow(() -> unknown(documents, bucket, verb, id));
    }

    /** @throws RunRefusal if {@code text} does not look like a run's id */
    public static RunId id(String verb, String text) {
        if (!RunId.isValid(text)) {
            throw RunRefusal.unknown(
                    "Cannot " + verb + " run " + text
                            + ": run ids have the form 20260102T030405678Z-0123abcd. Nothing was started. List the runs with: rekey runs.");
        }
        return new RunId(text);
    }

    /**
     * @param place the options that lead another command to the same stack, with a blank before each
     * @throws RunRefusal if the run is unfinished but has no worker
     */
    public void refuseAnAbandoned(String verb, Documents documents, Workflow workflow, String place) {
        documents
                .find(new RunFolder(id).control(), Control.class)
                .map(Documents.Versioned::value)
                .filter(control -> control.phase().isUnfinished())
                .map(control -> workflow.describe(new ExecutionArn(control.execution())))
                .filter(seen -> !(seen.state() instanceof State.Running))
                .ifPresent(_ -> {
                    throw RunRefusal.refused(
                            "Cannot %s run %s: it is unfinished, and its execution has ended. Nothing was changed. Continue with: rekey resume --run %2$s%3$s, or: rekey rollback --run %2$s%3$s."
                                    .formatted(verb, id, place));
                });
    }

    /** @throws RunRefusal if the run is a test */
    public void refuseATest() {
        if (Action.of(manifest.action()).equals(Optional.of(Action.TEST))) {
            throw RunRefusal.refused("Cannot pause run " + id
                    + ": it is a test, which runs in one invocation. Nothing was changed. Wait for its end: rekey status --run "
                    + id + " --watch.");
        }
    }

    /** @throws RunRefusal if the run has ended, so that no worker follows what is changed of it */
    public void refuseAnEnded(String verb, Documents documents) {
        documents
                .find(new RunFolder(id).control(), Control.class)
                .map(Documents.Versioned::value)
                .map(Control::phase)
                .filter(phase -> !phase.isUnfinished())
                .ifPresent(phase -> {
                    throw ended(verb, phase);
                });
    }

    /** That the run has ended, and nothing was changed. */
    public RunRefusal ended(String verb, Phase phase) {
        return RunRefusal.refused("Cannot %s run %s: it has ended and is %s. Nothing was changed. No action is needed."
                .formatted(verb, id, phase.word()));
    }

    private static RunRefusal unknown(Documents documents, String bucket, String verb, RunId id) {
        return UnpreparedRun.find(documents, id)
                .map(run -> RunRefusal.refused(run.refusal(verb)))
                .orElseGet(() -> missing(bucket, verb, id));
    }

    private static RunRefusal missing(String bucket, String verb, RunId id) {
        return RunRefusal.unknown(
                "Cannot " + verb + " run " + id + ": the run does not exist in"
                        + " bucket " + bucket
                        + ". Nothing was started. List the runs with: rekey runs."
                        + " A run that stopped while its plan was checked is not listed and has changed nothing: start it again.");
    }
}
