package dev.rekey.engine.migration;

import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.verify.Difference;
import java.time.Duration;
import java.util.List;

/** Verifies runs again, each time as another execution. */
final class Reverification {
    private final World world;
    private int verifications;

    Reverification(World world) {
        this.world = world;
    }

    RunReport of(Migration migration, String plan) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "verify-" + verifications++);
        var verification = new Migration(world, plan, start, start.ready(Action.VERIFY, migration.run(), plan));
        for (int level = 1; level <= migration.manifest().levels().size(); level++) {
            verification.verify(level);
        }
        return verification.report(RunOutcome.VERIFIED);
    }

    List<Difference> differences(Migration migration, String plan) {
        return differences(of(migration, plan));
    }

    /** Everything that a verification named. */
    List<Difference> differences(RunReport report) {
        var documents = world.documents(world.invocation());
        return report.verified().differenceFiles().stream()
                .flatMap(file -> documents.lines(new ObjectKey(file), Difference.class).stream())
                .toList();
    }
}
