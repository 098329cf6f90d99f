package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.InMemoryTables;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The crash sweep over a run that deletes what is gone, or keeps it: before it, one run has copied it, and another has listed it. */
abstract class GoneSweepContract extends CrashSweepContract {
    private Optional<Site> listed = Optional.empty();

    GoneSweepContract() {
        super(new GoneExhibit());
    }

    @Override
    Site untouched() {
        if (listed.isEmpty()) {
            // Where the run works: an earlier one counts only for the same tables.
            var site = place(super.untouched());
            var copied = migrated(site, "copies");
            var gone = site.held();
            GoneExhibit.goOn(gone.tables());
            var second = place(site.on(gone));
            migrated(second, "lists");
            var left = second.held();
            GoneExhibit.comeBack(left.tables(), club(second, copied));
            goOn(left.tables());
            listed = Optional.of(second.on(left));
        }
        return listed.get().copy();
    }

    /** What else happens once the copies are listed. */
    void goOn(InMemoryTables tables) {}

    private RunId migrated(Site site, String name) {
        var start = start(site, Action.MIGRATE, name, Optional.empty());
        assertThat(new Execution(start, site).run()).isEqualTo(Result.MIGRATED);
        site.sleep(Duration.ofSeconds(1));
        return start.task();
    }

    /** Where the second club was copied to. */
    private static Key club(Site site, RunId copied) {
        var log = site.undoLog(copied);
        var unit = new TableName("Clubs");
        return log.objects(unit, new Segment(0, 1)).stream()
                .flatMap(ref -> log.read(ref).entries().stream())
                .filter(entry -> entry.origin().key().equals(new Key(Map.of("id", AttributeValue.fromS("c2")))))
                .findFirst()
                .orElseThrow()
                .key();
    }

    @Override
    Start firstMigration() {
        return super.firstMigration().asking(RunOptions.NOTHING.deletingGone(true));
    }
}
