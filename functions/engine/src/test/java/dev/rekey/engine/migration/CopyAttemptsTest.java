package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.Faults.crash;
import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.segment.SegmentOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A worker dies in the middle of a page; another does the page again. */
final class CopyAttemptsTest {
    private static final String KEEP = Plans.of("A: { identity: { rule: keep }, onConflict: overwrite }");
    private final World world = new World();

    @BeforeEach
    void table() {
        world.create("A", KeyType.S);
        world.fill("src-A", 12);
    }

    private Migration begun(String plan) {
        var migration = Migration.begun(world, plan);
        world.pageLimit(5);
        return migration;
    }

    private void crashThenDone(Migration migration) {
        assertThatThrownBy(() -> migration.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
        assertThat(world.faults().left()).isZero();
        world.waitForLeases();
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
    }

    private void assertCopiedThenRolledBack(Migration migration, String before) {
        assertThat(migration.verify(1).failures()).isZero();
        migration.report(RunOutcome.MIGRATED);
        migration.rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "after,create,/log/,0",
        "after,create,/log/,1",
        "before,create,/log/,1",
        "after,putAll,dst-A,0",
        "after,putAll,dst-A,2",
        "before,putAll,dst-A,1",
        "before,replace,/checkpoints/copy,0",
        "after,replace,/checkpoints/copy,1",
        "before,replace,/checkpoints/copy,2",
        "after,create,/checkpoints/copy,0",
    })
    void aPageThatWasLeftIsDoneAgain(String when, String request, String on, int skip) {
        var before = world.dump();
        var migration = begun(Plans.ONE);
        if (when.equals("after")) {
            world.faults().after(request, on, skip, 1, crash());
        } else {
            world.faults().before(request, on, skip, 1, crash());
        }
        crashThenDone(migration);
        assertThat(world.items("dst-A")).hasSize(12);
        assertCopiedThenRolledBack(migration, before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 7})
    void replacedRecordsKeepTheirFirstImage(int writesBefore) {
        for (int i = 0; i < 12; i += 2) {
            world.load("dst-A", record("id", "r" + i, "v", "old " + i, "more", "x"));
        }
        world.load("dst-A", record("id", "r1", "v", "value 1"));
        var before = world.dump();
        var migration = begun(KEEP);
        world.faults().after("put", "dst-A", writesBefore, 1, crash());
        crashThenDone(migration);
        assertThat(world.items("dst-A")).hasSize(12).containsExactlyInAnyOrderElementsOf(world.items("src-A"));
        assertCopiedThenRolledBack(migration, before);
    }

    @Test
    void aSourceThatChangesBetweenTheAttemptsIsCopiedAsItIs() {
        var migration = begun(Plans.ONE);
        world.faults().after("putAll", "dst-A", () -> {
            for (int i = 0; i < 12; i++) {
                world.load("src-A", record("id", "r" + i, "v", "new " + i));
            }
            throw new Faults.Crash();
        });
        crashThenDone(migration);
        assertThat(world.items("dst-A"))
                .hasSize(12)
                .allMatch(item -> item.get("v").s().startsWith("new"));
        assertThat(migration.verify(1).failures()).isZero();
        migration.rollback();
        assertThat(world.items("dst-A")).isEmpty();
    }

    @Test
    void aRecordThatMovesToTheNextPageIsCopiedAndUndoneOnce() {
        var before = world.dump();
        var migration = begun(Plans.ONE);
        world.faults().after("putAll", "dst-A", () -> {
            world.pageLimit(3);
            throw new Faults.Crash();
        });
        crashThenDone(migration);
        assertThat(world.items("dst-A")).hasSize(12);
        assertCopiedThenRolledBack(migration, before);
    }

    @Test
    void aRecordThatWasWrittenAndIsGoneWhenThePageIsDoneAgainIsUndoneToo() {
        var migration = begun(Plans.ONE);
        var gone = world.items("src-A").getFirst();
        world.faults().after("putAll", "dst-A", () -> {
            world.delete("src-A", gone);
            throw new Faults.Crash();
        });
        crashThenDone(migration);
        assertThat(world.items("dst-A")).hasSize(12);
        var result = migration.verify(1);
        assertThat(result.failures()).isZero();
        var report = migration.rollback();
        assertThat(report.work().counts()).containsEntry(Counted.DELETED, 12L);
        assertThat(world.items("dst-A")).isEmpty();
    }

    @Test
    void whatWasIdenticalBeforeIsNotOurs() {
        world.load("dst-A", record("id", "r3", "v", "value 3"));
        var before = world.dump();
        var migration = begun(KEEP);
        world.faults().after("put", "dst-A", 2, 1, crash());
        crashThenDone(migration);
        var report = migration.report(RunOutcome.MIGRATED);
        assertThat(report.work().counts()).containsEntry(Counted.IDENTICAL, 1L).containsEntry(Counted.CREATED, 11L);
        migration.rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void aStrangersRecordThatComesBetweenTheAttemptsIsOverwrittenAndRestored() {
        var migration = begun(KEEP);
        var stranger = Map.of("id", AttributeValue.fromS("r5"), "whose", AttributeValue.fromS("theirs"));
        world.faults().before("put", "dst-A", () -> {
            world.load("dst-A", stranger);
            throw new Faults.Crash();
        });
        crashThenDone(migration);
        assertThat(world.items("dst-A")).containsExactlyInAnyOrderElementsOf(world.items("src-A"));
        var report = migration.rollback();
        assertThat(world.items("dst-A")).isEqualTo(List.of(stranger));
        assertThat(report.others().drift()).isEmpty();
    }

    @Test
    void aRecordThatIsMetAgainIsNoDriftOfItsEarlierAttempt() {
        var migration = begun(KEEP);
        var stranger = record("id", "r5", "whose", "theirs");
        world.faults().after("put", "dst-A", 11, 1, () -> {
            throw new Faults.Crash();
        });
        world.faults().before("create", "/log/", 0, 1, () -> world.load("dst-A", stranger));
        crashThenDone(migration);
        var report = migration.rollback();
        assertThat(report.others().drift()).isEmpty();
        assertThat(world.items("dst-A")).containsExactly(stranger);
    }

    @Test
    void whatSomebodyDeletedBetweenTwoAttemptsStaysDeletedAfterARollback() {
        var theirs = record("id", "r1", "v", "theirs");
        var before = world.dump();
        world.load("dst-A", theirs);
        var migration = begun(KEEP);
        world.faults().before("put", "dst-A", Faults.crash());
        assertThatThrownBy(() -> migration.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
        world.delete("dst-A", theirs);
        world.waitForLeases();
        migration.copy(1);
        assertCopiedThenRolledBack(migration, before);
    }
}
