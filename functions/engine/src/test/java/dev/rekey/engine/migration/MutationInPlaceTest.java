package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.RandomItems;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.verify.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * 10,000 single mutations of records that were changed in place, in batches that touch no record twice, where nobody else is
 * to change them: verification finds each of them, names its record and its attribute, and nothing else. Attributes that the
 * plan does not touch are the business of their application.
 */
final class MutationInPlaceTest {
    private static final int MUTATIONS = 10_000;
    private static final int BATCH = 1_000;
    private static final int RECORDS = 1_250;
    private static final int TENANTS = 5;
    private static final long SEED = 20_261_123;
    private static final List<String> TOUCHED = List.of("tenant", "org", "parts", "label", "renamed", "old");
    private static final String PLAN = """
        plan: p
        mode: inPlace
        source: { tables: "src-{table}" }
        families:
          Tenants: { rule: lookup, mapping: { ids: { t0: o0, t1: o1, t2: o2, t3: o3, t4: o4 } } }
        tables:
          Things:
        """;
    private static final String RULES = """
            onDrift: fail
            references: { tenant: Tenants, owner: { family: Tenants, as: org }, "parts[].tenant": Tenants }
            set: { label: "{% $record.owner & ' ' & $record.id %}" }
            rename: { rich: renamed }
            drop: [old]
        """;
    private static final String WHOLE = PLAN + RULES;

    /** The same records are of two kinds in one physical table. */
    private static final String KINDS = PLAN.replace(
            "  Things:\n",
            "  Bolts:\n    from: Things\n    match: { sort: bolt }\n" + RULES
                    + "  Nuts:\n    from: Things\n    match: { sort: nut }\n" + RULES);

    private final World world = new World();
    private final Random random = new Random(SEED);
    private final RandomItems items = new RandomItems(random);

    /** @param attribute that is wrong; the verdict where the whole record is concerned */
    private record Planted(String record, String attribute) {}

    private String plan = WHOLE;

    @Test
    void everyMutationOfWhatWasWrittenIsFoundAndNothingElse() {
        everyMutationIsFound(MUTATIONS);
    }

    @Test
    void everyMutationOfKindsIsFoundAndNothingElse() {
        plan = KINDS;
        everyMutationIsFound(MUTATIONS / 2);
    }

    private void everyMutationIsFound(int mutations) {
        var migration = migrated();
        var clean = world.items("src-Things");
        for (int batch = 0; batch < mutations / BATCH; batch++) {
            var planted = plant(clean);
            var report = verified(migration, batch);
            assertThat(found(report)).as("seed %d", SEED).containsExactlyInAnyOrderElementsOf(planted);
            assertThat(report.ending().error()).contains("Rekey.VerificationFailed");
            world.memory().createTable(World.shape("src-Things", KeyType.S));
            world.memory().load(new PhysicalTable("src-Things"), clean);
        }
        assertThat(verified(migration, MUTATIONS).ending().error()).isEmpty();
    }

    private Migration migrated() {
        world.create("Things", KeyType.S);
        var things = IntStream.range(0, RECORDS).mapToObj(this::thing).toList();
        world.memory().load(new PhysicalTable("src-Things"), things);
        var migration = Migration.begun(world, plan);
        assertThat(migration.migrate().failures()).isZero();
        assertThat(migration.report(RunOutcome.MIGRATED).ending().error()).isEmpty();
        return migration;
    }

    private Map<String, AttributeValue> thing(int i) {
        var thing = new HashMap<String, AttributeValue>();
        thing.put("id", AttributeValue.fromS("r" + i));
        thing.put("sort", AttributeValue.fromS(i % 2 == 0 ? "bolt" : "nut"));
        thing.put("tenant", tenant());
        thing.put("owner", tenant());
        thing.put("parts", AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of("tenant", tenant())))));
        thing.put("rich", AttributeValue.fromM(items.item()));
        thing.put("old", items.value());
        thing.put("untouched", items.value());
        return thing;
    }

    private AttributeValue tenant() {
        return AttributeValue.fromS("t" + random.nextInt(TENANTS));
    }

    /** What verification has to find; some records are changed in a way that it must not name. */
    private Set<Planted> plant(List<Map<String, AttributeValue>> clean) {
        var records = new ArrayList<>(clean);
        Collections.shuffle(records, random);
        records.subList(BATCH, RECORDS).forEach(this::untouched);
        return records.subList(0, BATCH).stream().map(this::plant).collect(Collectors.toSet());
    }

    private void untouched(Map<String, AttributeValue> record) {
        var changed = new HashMap<>(record);
        changed.put("untouched", AttributeValue.fromS("by the application"));
        world.load("src-Things", changed);
    }

    private Planted plant(Map<String, AttributeValue> record) {
        if (random.nextInt(20) == 0) {
            world.delete("src-Things", record);
            return new Planted(key(record), "gone");
        }
        var name = TOUCHED.get(random.nextInt(TOUCHED.size()));
        var mutated = new HashMap<>(record);
        mutated.put(name, name.equals("old") ? items.value() : mutated(name, record.get(name)));
        world.load("src-Things", mutated);
        return new Planted(key(record), name);
    }

    /** Another value, or the new id of another tenant, which the plan would leave as it is. */
    private AttributeValue mutated(String name, AttributeValue value) {
        if (name.equals("tenant") && random.nextBoolean()) {
            return AttributeValue.fromS("o" + (Integer.parseInt(value.s().substring(1)) + 1) % TENANTS);
        }
        while (true) {
            var mutated = new Mutation(random, items)
                    .of(Map.of("id", AttributeValue.fromS(""), name, value), "id")
                    .record();
            if (mutated.size() == 2 && mutated.containsKey(name)) {
                return mutated.get(name);
            }
        }
    }

    private RunReport verified(Migration migration, int batch) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "verify-" + batch);
        var verification = new Migration(world, plan, start, start.ready(Action.VERIFY, migration.run(), plan));
        verification.verify(1);
        return verification.report(RunOutcome.VERIFIED);
    }

    private Set<Planted> found(RunReport report) {
        var documents = world.documents(world.invocation());
        var found = new HashSet<Planted>();
        report.verified().differenceFiles().stream()
                .flatMap(file -> documents.lines(new ObjectKey(file), Difference.class).stream())
                .forEach(one -> assertThat(found.add(planted(one))).isTrue());
        return found;
    }

    private static Planted planted(Difference difference) {
        return switch (difference.verdict()) {
            case ALTERED -> {
                assertThat(difference.attributes()).as(difference.record()).hasSize(1);
                var path = difference.attributes().getFirst();
                yield new Planted(difference.record(), path.split("[.\\[]", 2)[0]);
            }
            default -> new Planted(difference.record(), difference.verdict().word());
        };
    }

    private static String key(Map<String, AttributeValue> record) {
        return TypedJson.text(Map.of("id", record.get("id")));
    }
}
