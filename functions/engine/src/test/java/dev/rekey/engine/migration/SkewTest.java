package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.IdList;
import dev.rekey.engine.log.LogObject;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table of which one partition key has most records. */
final class SkewTest {
    private static final TableName A = new TableName("A");
    private static final int RECORDS = 300;
    private static final String PLAN = Plans.ONE;

    private final World world = new World();

    /** Seven of ten records have the same partition key. */
    private void skewed(KeyType sort) {
        for (var side : List.of("src-A", "dst-A")) {
            world.memory()
                    .createTable(new TableShape(
                            new PhysicalTable(side),
                            "000000000000",
                            "eu-west-1",
                            new KeyAttribute("id", KeyType.S),
                            Optional.of(new KeyAttribute("at", sort)),
                            Map.of()));
        }
        for (int i = 0; i < RECORDS; i++) {
            world.load("src-A", record(i % 10 < 7 ? "hot" : "cold" + i, sort, i));
        }
        world.pageLimit(10);
    }

    private static Map<String, AttributeValue> record(String id, KeyType sort, int i) {
        return Map.of(
                "id",
                AttributeValue.fromS(id),
                "at",
                value(sort, i),
                "v",
                AttributeValue.fromS("value %4d".formatted(i)));
    }

    private static AttributeValue value(KeyType type, int i) {
        return switch (type) {
            case S -> AttributeValue.fromS("%06d".formatted(i));
            // Not in the order of their texts.
            case N -> AttributeValue.fromN(String.valueOf(i - RECORDS / 2));
            case B -> AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {(byte) (i >> 8), (byte) i}));
        };
    }

    /** Records of the source that each segment has copied. */
    private List<Long> copied(Migration migration) {
        int segments = table(migration).allSegments();
        var documents = world.documents(world.invocation());
        return IntStream.range(0, segments)
                .mapToObj(index -> migration.folder().checkpoint(Stage.COPY, A, new Segment(index, segments)))
                .map(key ->
                        documents.get(key, Checkpoint.class).value().counts().get(Counted.READ))
                .toList();
    }

    private static TableOfRun table(Migration migration) {
        return migration.manifest().table(A);
    }

    private static List<LogObject> pages(Migration migration, UndoLog log) {
        return Segment.all(table(migration).allSegments()).stream()
                .flatMap(segment -> log.objects(A, segment).stream())
                .toList();
    }

    private List<Key> logged(Migration migration) {
        var log = new UndoLog(world.documents(world.invocation()), migration.folder());
        return pages(migration, log).stream()
                .flatMap(ref -> log.read(ref).entries().stream())
                .map(entry -> entry.origin().key())
                .toList();
    }

    private List<Key> keysOfSource() {
        var shape = world.memory().describe(new PhysicalTable("src-A")).orElseThrow();
        return world.items("src-A").stream().map(shape::keyOf).toList();
    }

    @Test
    void isCopiedByManyInsteadOfOne() {
        skewed(KeyType.S);
        var whole = Migration.begun(world, PLAN);
        whole.migrate();
        assertThat(table(whole).sourceSegments().ranges()).isEmpty();
        assertThat(copied(whole)).hasSize(4).anyMatch(read -> read >= 210);
        whole.rollback();

        world.time().sleep(java.time.Duration.ofSeconds(1));
        world.bytesPerRange(350);
        var divided = Migration.begun(world, PLAN);
        assertThat(divided.migrate().failures()).isZero();
        assertThat(table(divided).sourceSegments().ranges()).hasSizeBetween(10, 20);
        assertThat(copied(divided))
                .allMatch(read -> read < 60)
                .hasSize(4 + table(divided).sourceSegments().ranges().size());
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void goesThereAndBackWithEveryRecordOnce(KeyType sort) {
        skewed(sort);
        world.bytesPerRange(700);
        var before = world.dump();
        var migration = Migration.begun(world, PLAN);
        assertThat(migration.migrate().failures()).isZero();
        assertThat(table(migration).sourceSegments().ranges()).hasSizeGreaterThan(5);
        assertThat(table(migration).targetSegments().ranges())
                .hasSameSizeAs(table(migration).sourceSegments().ranges());
        assertThat(logged(migration)).containsExactlyInAnyOrderElementsOf(keysOfSource());
        assertThat(migration.report(RunOutcome.MIGRATED).work().counts())
                .containsEntry(Counted.CREATED, (long) RECORDS);
        assertThat(world.items("dst-A")).hasSize(RECORDS);

        var start = new Start(world, "undo");
        var undo = new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, migration.run(), PLAN));
        assertThat(undo.rollback().work().counts()).containsEntry(Counted.DELETED, (long) RECORDS);
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void isReadWholeWhateverIsWrittenBetweenAnalysisAndCopy() {
        skewed(KeyType.N);
        world.bytesPerRange(700);
        var migration = Migration.begun(world, PLAN);
        // Before the first, among all, after the last; and every third is gone, among them some that end a range.
        for (int i : new int[] {-500, -1, 301, 5_000}) {
            world.load("src-A", record("hot", KeyType.N, i));
        }
        for (int i = 0; i < RECORDS; i += 3) {
            world.delete("src-A", record(i % 10 < 7 ? "hot" : "cold" + i, KeyType.N, i));
            world.load("src-A", Map.of("id", AttributeValue.fromS("hot"), "at", AttributeValue.fromN(i + ".5")));
        }
        assertThat(migration.migrate().failures()).isZero();
        assertThat(logged(migration)).containsExactlyInAnyOrderElementsOf(keysOfSource());
        assertThat(world.items("dst-A")).hasSameSizeAs(keysOfSource());
    }

    @Test
    void isVerifiedInRangesLongAfter() {
        skewed(KeyType.S);
        world.bytesPerRange(700);
        var migration = Migration.begun(world, PLAN);
        migration.migrate();
        migration.report(RunOutcome.MIGRATED);
        var again = migration.again("check");
        assertThat(again.verify(1).failures()).isZero();
        // One is lost, one is new and one is not ours.
        var lost = migration.mapped("A", record("hot", KeyType.S, 200));
        world.delete("dst-A", lost);
        world.load("src-A", record("hot", KeyType.S, 100_007));
        var theirs = new java.util.HashMap<>(lost);
        theirs.put("at", AttributeValue.fromS("000200a"));
        world.load("dst-A", theirs);
        var counts = migration.again("later").verify(1).tables().get(A);
        assertThat(counts)
                .containsEntry(Counted.MISSING, 1L)
                .containsEntry(Counted.LATE, 1L)
                .containsEntry(Counted.DRIFTED, 1L)
                .containsEntry(Counted.MATCHED, RECORDS - 1L);
    }

    @Test
    void isReadInPagesAsSmallAsTheLimitsWantThem() {
        skewed(KeyType.S);
        world.pageLimit(0);
        world.bytesPerRange(1_500);
        var migration = Migration.begun(world, PLAN + "limits: { writeUnitsPerSecond: 3 }\n");
        assertThat(migration.migrate().failures()).isZero();
        assertThat(table(migration).sourceSegments().ranges()).hasSizeBetween(2, 5);
        // A page that the invocation was too short for was begun again.
        assertThat(logged(migration)).containsAll(keysOfSource());
        assertThat(world.items("dst-A")).hasSize(RECORDS);
        var log = new UndoLog(world.documents(world.invocation()), migration.folder());
        assertThat(pages(migration, log))
                .allSatisfy(ref -> assertThat(log.read(ref).entries()).hasSizeLessThan(40));
    }

    @Test
    void listsEveryIdOnce() {
        skewed(KeyType.S);
        world.bytesPerRange(700);
        var migration = Migration.begun(world, PLAN);
        migration.migrate();
        var csv = new StringBuilder();
        new IdList(
                        new UndoLog(world.documents(world.invocation()), migration.folder()),
                        migration.manifest(),
                        FrozenMerges.NONE)
                .each(ids -> csv.append(ids.line()));
        assertThat(csv.toString().lines().distinct()).hasSize(RECORDS);
    }

    @Test
    void isLeftWholeWhereTheKeysOfTheTargetAreOthers() {
        skewed(KeyType.S);
        world.bytesPerRange(700);
        // What was one partition key are many in the target: nothing is to be divided there.
        var migration = Migration.begun(world, Plans.of("A: { key: { id: keep, at: self } }"));
        assertThat(migration.migrate().failures()).isZero();
        assertThat(table(migration).sourceSegments().ranges()).isNotEmpty();
        assertThat(world.items("dst-A")).hasSize(RECORDS);
    }

    @Test
    void aTableWithoutSkewIsWrittenDownAsBefore() {
        world.create("A", KeyType.S);
        world.fill("src-A", 50);
        world.bytesPerRange(1);
        var migration = Migration.begun(world, PLAN);
        var manifest =
                world.objects().contents().get(migration.folder().manifest().name());
        assertThat(new String(manifest, StandardCharsets.UTF_8)).doesNotContain("anges");
    }

    @Test
    void nothingIsDividedTwiceWhenTheDataIsJudgedAgain() {
        skewed(KeyType.S);
        world.bytesPerRange(700);
        var migration = Migration.prepared(world, PLAN);
        migration.validate();
        var first = world.objects().contents();
        migration.validate();
        assertThat(world.objects().contents().get(migration.folder().manifest().name()))
                .isEqualTo(first.get(migration.folder().manifest().name()));
        migration.begin();
        assertThat(migration.migrate().failures()).isZero();
        assertThat(logged(migration)).containsExactlyInAnyOrderElementsOf(keysOfSource());
    }
}
