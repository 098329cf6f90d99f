package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.deployment.ExecutionArn;
import dev.rekey.cli.deployment.State;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.workflow.UnpreparedRun;

/** A run that exists. */
record KnownRun(RunId id, Manifest manifest) {
    /**
     * @param verb what is to be done with the run
     * @throws CommandFailure if {@code text} names no run, or one that is not prepared
     */
    static KnownRun find(Deployment deployment, Environment environment, String verb, String text) {
        var id = id(verb, text);
        return Buckets.documents(deployment, environment)
                .find(new RunFolder(id).manifest(), Manifest.class)
                .map(Documents.Versioned::value)
                .map(manifest -> new KnownRun(id, manifest))
                .orElseThrow(() -> unknown(deployment, environment, verb, id));
    }

    /** @throws CommandFailure if {@code text} does not look like a run's id */
    static RunId id(String verb, String text) {
        if (!RunId.isValid(text)) {
            throw CommandFailure.usage(
                    "Cannot " + verb + " run " + text
                            + ": run ids have the form 20260102T030405678Z-0123abcd. Nothing was started. List the runs with: rekey runs.");
        }
        return new RunId(text);
    }

    /**
     * @param place the options that lead another command to the same stack, with a blank before each
     * @throws CommandFailure if the run is unfinished but has no worker
     */
    void refuseAnAbandoned(String verb, Deployment deployment, Environment environment, String place) {
        Buckets.documents(deployment, environment)
                .find(new RunFolder(id).control(), Control.class)
                .map(Documents.Versioned::value)
                .filter(control -> control.phase().isUnfinished())
                .map(control -> deployment.workflow().describe(new ExecutionArn(control.execution())))
                .filter(seen -> !(seen.state() instanceof State.Running))
                .ifPresent(_ -> {
                    throw CommandFailure.refused(
                            "Cannot %s run %s: it is unfinished, and its execution has ended. Nothing was changed. Continue with: rekey resume --run %2$s%3$s, or: rekey rollback --run %2$s%3$s."
                                    .formatted(verb, id, place));
                });
    }

    private static CommandFailure unknown(Deployment deployment, Environment environment, String verb, RunId id) {
        return UnpreparedRun.find(Buckets.documents(deployment, environment), id)
                .map(run -> CommandFailure.refused(run.refusal(verb)))
                .orElseGet(
                        () -> CommandFailure.usage(
                                "Cannot " + verb + " run " + id + ": the run does not exist in"
                                        + " bucket " + deployment.bucket()
                                        + ". Nothing was started. List the runs with: rekey runs."
                                        + " A run that stopped while its plan was checked is not listed and has changed nothing: start it again."));
    }
}
