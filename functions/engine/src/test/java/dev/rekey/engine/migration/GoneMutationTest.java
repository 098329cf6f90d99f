package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.verify.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Hundreds of source records are deleted after a run, and of some of them an application changes or deletes the copy: the next
 * run names those that were changed as drifted and each of the others as gone, and nothing else; so does the one after it.
 */
final class GoneMutationTest {
    private static final int RECORDS = 1_000;
    private static final int DELETED = 300;
    private static final String PLAN = Plans.of("A: {}", "B: { identity: { rule: keep } }");

    private final World world = new World();
    private final Random random = new Random(1);

    @Test
    void everyRecordThatWentIsNamedAndNothingElse() {
        for (var table : List.of("A", "B")) {
            world.create(table, KeyType.S);
            world.fill("src-" + table, RECORDS);
        }
        world.pageLimit(40);
        var first = Migration.migrated(world, PLAN);
        var gone = new TreeSet<String>();
        var drifted = new TreeSet<String>();
        for (int i = 0; i < DELETED; i++) {
            var table = random.nextBoolean() ? "A" : "B";
            int number = 3 * i + random.nextInt(3);
            var record = record("id", "r" + number, "v", "value " + number);
            var copy = first.mapped(table, record);
            world.delete("src-" + table, record);
            switch (random.nextInt(6)) {
                case 0 -> {
                    world.change("dst-" + table, copy, "v", "theirs");
                    drifted.add(named(table, copy));
                }
                case 1 -> world.delete("dst-" + table, copy);
                default -> gone.add(named(table, copy));
            }
        }
        assertNamed(gone, drifted);
        assertNamed(gone, drifted);
    }

    private void assertNamed(Set<String> gone, Set<String> drifted) {
        var report = Migration.migrated(world, PLAN).report(RunOutcome.MIGRATED);
        assertThat(report.verified().remaining())
                .isEqualTo(Map.of(Counted.GONE, (long) gone.size(), Counted.DRIFTED, (long) drifted.size()));
        // The report shows the first of them.
        assertThat(report.verified().differences())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.verdict() == Verdict.GONE ? gone : drifted)
                        .contains(one.table() + " " + one.record()));
    }

    private static String named(String table, Map<String, AttributeValue> copy) {
        return "%s {\"id\":{\"S\":\"%s\"}}".formatted(table, copy.get("id").s());
    }
}
