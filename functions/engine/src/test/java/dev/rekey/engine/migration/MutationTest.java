package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.RandomItems;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * 10,000 single mutations of a migrated target, in batches that touch no record twice: verification finds each of them,
 * names its table, its record and its attribute, and nothing else.
 */
final class MutationTest {
    private static final int MUTATIONS = 10_000;
    private static final int BATCH = 2_000;
    private static final int RECORDS = 1_250;
    private static final long SEED = 20_261_121;
    private static final String REFERENCES =
            "references: { owner: Owners, \"parts[].owner\": Owners, \"others[]\": Owners }";
    private static final String PLAN = Plans.of("Owners: {}", "Things: { " + REFERENCES + " }");

    /** The same things are of two kinds in one physical table. */
    private static final String KINDS = Plans.of(
            "Owners: {}",
            "Bolts: { from: Things, match: { sort: bolt }, " + REFERENCES + " }",
            "Nuts: { from: Things, match: { sort: nut }, " + REFERENCES + " }");

    private final World world = new World();
    private final Random random = new Random(SEED);
    private final RandomItems items = new RandomItems(random);

    private String plan = PLAN;

    @Test
    void everyMutationIsFoundAndNothingElse() {
        everyMutationIsFound(MUTATIONS);
    }

    /** What a record of a kind becomes may even look like one of another kind, or of none. */
    @Test
    void everyMutationOfKindsIsFoundAndNothingElse() {
        plan = KINDS + "onDrift: fail\n";
        everyMutationIsFound(MUTATIONS / 2);
    }

    private void everyMutationIsFound(int mutations) {
        var migration = migrated();
        var clean = Map.of("Owners", world.items("dst-Owners"), "Things", world.items("dst-Things"));
        for (int batch = 0; batch < mutations / BATCH; batch++) {
            var planted = plant(clean);
            var report = verified(migration, batch);
            check(planted, report, clean);
            clean.forEach((table, records) -> restore(table, records));
        }
        assertThat(verified(migration, MUTATIONS).ending().error()).isEmpty();
    }

    /** @param place path of the attribute; the verdict where the whole record is concerned */
    private record Planted(String table, String record, String place) {}

    private Migration migrated() {
        world.create("Owners", KeyType.S);
        world.create("Things", KeyType.S);
        world.memory()
                .load(
                        new PhysicalTable("src-Owners"),
                        IntStream.range(0, RECORDS).mapToObj(this::owner).toList());
        world.memory()
                .load(
                        new PhysicalTable("src-Things"),
                        IntStream.range(0, RECORDS).mapToObj(this::thing).toList());
        var migration = Migration.begun(world, plan);
        assertThat(migration.migrate().failures()).isZero();
        assertThat(migration.report(RunOutcome.MIGRATED).ending().error()).isEmpty();
        return migration;
    }

    private Map<String, AttributeValue> owner(int i) {
        var item = new HashMap<>(items.item());
        item.put("id", AttributeValue.fromS("o" + i));
        item.put("exact", AttributeValue.fromN("1234567890123456789012345678901234567" + i % 10));
        return item;
    }

    private Map<String, AttributeValue> thing(int i) {
        var item = new HashMap<>(items.item());
        item.put("id", AttributeValue.fromS("t" + i));
        item.put("sort", AttributeValue.fromS(i % 2 == 0 ? "bolt" : "nut"));
        item.put("owner", anOwner());
        item.put("others", AttributeValue.fromSs(List.of(anOwner().s(), "o" + i)));
        if (item.get("others").ss().get(0).equals("o" + i)) {
            item.put("others", AttributeValue.fromSs(List.of("o" + i)));
        }
        item.put("parts", AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of("owner", anOwner())))));
        return item;
    }

    private AttributeValue anOwner() {
        return AttributeValue.fromS("o" + random.nextInt(RECORDS));
    }

    private Set<Planted> plant(Map<String, List<Map<String, AttributeValue>>> clean) {
        var targets = new ArrayList<Map.Entry<String, Map<String, AttributeValue>>>();
        new TreeMap<>(clean).forEach((table, records) -> records.forEach(one -> targets.add(Map.entry(table, one))));
        Collections.shuffle(targets, random);
        return targets.subList(0, BATCH).stream()
                .map(one -> plant(one.getKey(), one.getValue()))
                .collect(Collectors.toSet());
    }

    private Planted plant(String table, Map<String, AttributeValue> record) {
        var physical = "dst-" + table;
        switch (random.nextInt(20)) {
            case 0 -> {
                world.delete(physical, record);
                return new Planted(table, key(record), "missing");
            }
            case 1 -> {
                var added = new HashMap<>(items.item());
                added.put("id", AttributeValue.fromS("added " + random.nextLong()));
                world.load(physical, added);
                return new Planted(table, key(added), added().word());
            }
            default -> {
                var mutation = new Mutation(random, items).of(record, "id");
                world.load(physical, mutation.record());
                return new Planted(table, key(record), mutation.path());
            }
        }
    }

    /** What a record is that somebody adds. */
    private Verdict added() {
        return fails() ? Verdict.UNEXPECTED : Verdict.DRIFTED;
    }

    /** Whether the plan says that what others change is a failure. */
    private boolean fails() {
        return plan.contains("onDrift: fail");
    }

    private RunReport verified(Migration migration, int batch) {
        world.time().sleep(java.time.Duration.ofSeconds(1));
        var start = new Start(world, "verify-" + batch);
        var verification = new Migration(world, plan, start, start.ready(Action.VERIFY, migration.run(), plan));
        verification.verify(1);
        verification.verify(2);
        return verification.report(RunOutcome.VERIFIED);
    }

    private void check(Set<Planted> planted, RunReport report, Map<String, List<Map<String, AttributeValue>>> clean) {
        var documents = world.documents(world.invocation());
        var all = report.verified().differenceFiles().stream()
                .flatMap(file -> documents.lines(new ObjectKey(file), Difference.class).stream())
                .toList();
        assertThat(report.verified().differences()).hasSize(100).isEqualTo(all.subList(0, 100));
        var found = all.stream()
                .filter(one -> one.verdict() != Verdict.DANGLING)
                .map(this::planted)
                .toList();
        assertThat(found).as("seed %d", SEED).hasSize(BATCH).containsExactlyInAnyOrderElementsOf(planted);
        assertThat(dangling(all)).as("seed %d", SEED).isEqualTo(danglingBy(planted, clean.get("Things")));
        assertThat(report.ending().error()).contains("Rekey.VerificationFailed");
        assertThat(report.verified().digests().get(new TableName("Owners")).get("expected"))
                .isNotEqualTo(
                        report.verified().digests().get(new TableName("Owners")).get("found"));
    }

    private Planted planted(Difference difference) {
        var place = difference.verdict().word();
        if (!difference.changes().isEmpty()) {
            assertThat(difference.verdict()).isEqualTo(fails() ? Verdict.ALTERED : Verdict.DRIFTED);
            assertThat(difference.changes()).hasSize(1);
            var change = difference.changes().getFirst();
            assertThat(difference.attributes()).hasSize(1);
            place = change.path();
        }
        var physical = difference.table().value().replaceFirst("Bolts|Nuts", "Things");
        return new Planted(physical, difference.record(), place);
    }

    /** How many dangling references each path has. */
    private static Map<String, Long> dangling(List<Difference> all) {
        return all.stream()
                .filter(one -> one.verdict() == Verdict.DANGLING)
                .collect(Collectors.groupingBy(one -> one.attributes().getFirst(), Collectors.counting()));
    }

    /** What the deleted owners leave behind in records that are as they were: each owner counts once for each path of a table. */
    private Map<String, Long> danglingBy(Set<Planted> planted, List<Map<String, AttributeValue>> things) {
        var deleted = planted.stream()
                .filter(one -> one.table().equals("Owners") && one.place().equals("missing"))
                .map(Planted::record)
                .collect(Collectors.toSet());
        var touched = planted.stream().map(Planted::record).collect(Collectors.toSet());
        var gone = new HashSet<Map.Entry<String, String>>();
        for (var thing : things) {
            if (!touched.contains(key(thing))) {
                var table = plan.startsWith(KINDS) ? thing.get("sort").s() : "";
                add(table, "owner", thing.get("owner").s(), deleted, gone);
                thing.get("others").ss().forEach(id -> add(table, "others[]", id, deleted, gone));
                thing.get("parts")
                        .l()
                        .forEach(part -> add(
                                table, "parts[].owner", part.m().get("owner").s(), deleted, gone));
            }
        }
        return gone.stream().collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.counting()));
    }

    private static void add(
            String table, String path, String id, Set<String> deleted, Set<Map.Entry<String, String>> gone) {
        if (deleted.contains(key(World.record("id", id)))) {
            gone.add(Map.entry(path, table + " " + id));
        }
    }

    private void restore(String table, List<Map<String, AttributeValue>> records) {
        var physical = "dst-" + table;
        world.memory().createTable(World.shape(physical, KeyType.S));
        world.memory().load(new PhysicalTable(physical), records);
    }

    private static String key(Map<String, AttributeValue> record) {
        return TypedJson.text(Map.of("id", record.get("id")));
    }

    /** The thirty-eighth digit counts, and nothing but the value of a number does. */
    @Test
    void numbersAreComparedToTheLastDigitAndByValue() {
        world.create("A", KeyType.S);
        var digits = "1.2345678901234567890123456789012345678";
        world.load("src-A", Map.of("id", AttributeValue.fromS("r"), "n", AttributeValue.fromN(digits)));
        var migration = Migration.begun(world, Plans.ONE);
        migration.copy(1);
        var target = new HashMap<>(world.items("dst-A").getFirst());
        target.put(
                "n",
                AttributeValue.fromN(
                        new BigDecimal(digits).add(new BigDecimal("1e-37")).toPlainString()));
        world.load("dst-A", target);
        migration.showValues();
        var difference = migration.verify(1).differences().getFirst();
        assertThat(difference.changes().getFirst().afterValue())
                .contains("{\"N\":\"1.2345678901234567890123456789012345679\"}");
        assertThat(difference.changes().getFirst().beforeValue()).contains("{\"N\":\"" + digits + "\"}");
    }
}
