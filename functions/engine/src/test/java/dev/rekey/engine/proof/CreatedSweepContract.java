package dev.rekey.engine.proof;

import static dev.rekey.engine.proof.Items.item;
import static dev.rekey.engine.proof.Items.load;
import static dev.rekey.engine.proof.Items.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.InMemoryTables;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The crash sweep over records that are created because others refer to them, on stores in memory. */
abstract class CreatedSweepContract extends CrashSweepContract {
    private final String side;

    CreatedSweepContract(boolean inPlace) {
        super(new CreatedExhibit(inPlace));
        this.side = inPlace ? "src-" : "dst-";
    }

    @Test
    void everyRequestOfAMigrationIsLeftWithoutAnAnswer() {
        leaveAMigrationWithoutAnswers();
    }

    /** Others refer to a record that was created, and change another; both are kept. */
    @Test
    void everyRequestOfARollbackThatOverwrites() {
        var before = kept(List.of(Drift.KEEP));
        var _ = sweepARollback(new Trial(before, overwriting(before), 100), original());
    }

    /** What others still referred to in the rollback that overwrote first is left for the second. */
    @Test
    void everyRequestOfASecondRollbackThatOverwrites() {
        var before = kept(List.of(Drift.KEEP, Drift.OVERWRITE));
        assertThat(items(before.held().tables(), "Companies")).hasSizeGreaterThan(others());
        var _ = sweepARollback(new Trial(before, overwriting(before), 100), original());
    }

    private int others() {
        return items(exhibit().tables(), "Companies").size();
    }

    private Start overwriting(Site at) {
        return start(at, Action.ROLLBACK, "undo", Optional.of(firstRun())).undoing(undoing(Drift.OVERWRITE));
    }

    private static Undoing undoing(Drift drift) {
        return new Undoing(Optional.empty(), false, drift, false);
    }

    /** What these rollbacks leave while others refer to a created record, which they do not any more then. */
    private Site kept(List<Drift> rollbacks) {
        var tables = migrated().held();
        var unknown = items(tables.tables(), "Companies").stream()
                .filter(company -> company.get("name").equals(text("Unknown")))
                .toList();
        var theirs = item(
                "account",
                text("z"),
                "id",
                text("theirs"),
                "company",
                unknown.getFirst().get("id"));
        load(tables.tables(), side + "Contacts", theirs);
        var changed = new HashMap<>(unknown.getLast());
        changed.put("name", text("changed"));
        load(tables.tables(), side + "Companies", changed);
        var site = migrated().on(tables);
        rollbacks.forEach(drift -> {
            var start = start(site, Action.ROLLBACK, drift.name(), Optional.of(firstRun()));
            assertThat(new Execution(start.undoing(undoing(drift)), site).run()).isEqualTo(Result.ROLLED_BACK);
            site.sleep(Duration.ofSeconds(1));
        });
        var left = site.held();
        var contacts = new PhysicalTable(side + "Contacts");
        var shape = left.tables().describe(contacts).orElseThrow();
        left.tables().deleteAll(contacts, List.of(shape.keyOf(theirs)));
        return site.on(left);
    }

    private List<Map<String, AttributeValue>> items(InMemoryTables tables, String table) {
        return tables.items(new PhysicalTable(side + table));
    }
}
