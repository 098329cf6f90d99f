package dev.rekey.cli;

import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.ending.CommandFailure;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;

/** A run that exists. */
record KnownRun(RunId id, Manifest manifest) {
    /**
     * @param verb what is to be done with the run
     * @throws CommandFailure if {@code text} names no run
     */
    static KnownRun find(Deployment deployment, Environment environment, String verb, String text) {
        if (!RunId.isValid(text)) {
            throw CommandFailure.usage("Cannot " + verb + " run " + text + ": a run's id looks like"
                    + " 20260102T030405678Z-0123abcd. Nothing was started. List the runs with: rekey runs.");
        }
        var id = new RunId(text);
        return Buckets.documents(deployment, environment)
                .find(new RunFolder(id).manifest(), Manifest.class)
                .map(Documents.Versioned::value)
                .map(manifest -> new KnownRun(id, manifest))
                .orElseThrow(() -> CommandFailure.usage("Cannot " + verb + " run " + text + ": there is no such run in"
                        + " bucket " + deployment.bucket() + ". Nothing was started. List the runs with: rekey runs."));
    }
}
