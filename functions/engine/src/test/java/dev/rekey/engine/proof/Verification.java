package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Cloud.Simulation;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.verify.LevelResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The verification of one level.
 *
 * @param task the execution that verified
 * @param begun when it began to compare
 * @param ended when the level was judged
 */
record Verification(Manifest manifest, RunId task, long begun, long ended, LevelResult result) {
    /** All of a simulation, the earliest first. */
    static List<Verification> of(Simulation simulation) {
        var all = new ArrayList<Verification>();
        simulation.objects().contents().forEach((key, content) -> {
            if (key.contains("/verifications/")) {
                var parts = key.split("/", -1);
                var run = new RunId(parts[1]);
                var task = new RunId(parts[3]);
                var result = Documents.decode(new ObjectKey(key), content, LevelResult.class);
                var moments = simulation.watch().moments();
                var manifest = simulation
                        .watch()
                        .documents()
                        .get(new RunFolder(run).manifest(), Manifest.class)
                        .value();
                moments.compared(run, task, result.level())
                        .ifPresent(
                                begun -> all.add(new Verification(manifest, task, begun, moments.judged(key), result)));
            }
        });
        all.sort(Comparator.comparingLong(Verification::ended));
        return all;
    }

    RunId run() {
        return manifest.run();
    }

    /** Whether other runs, or a rollback of this one, changed what is verified. */
    boolean isDisturbed(Watch watch) {
        return watch.moments().isFenced(run(), ended)
                || watch.history().othersRan(run(), watch.moments().copied(run(), 1), ended);
    }
}
