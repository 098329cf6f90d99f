package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
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
 * 1,000 single mutations of what a run wrote that copies tables and changes others in place: a reference, or a value that is
 * taken from a record of the other mode, is another one or is gone. Verification finds each of them, names its record, and
 * nothing else.
 */
final class MixedMutationTest {
    private static final int BATCHES = 5;
    private static final int BATCH = 200;
    private static final int RECORDS = 150;
    private static final long SEED = 20_261_123;
    private static final Map<String, List<String>> WRITTEN = Map.of(
            // What another record takes would make that record another one, too.
            "src-Companies", List.of("owner_id"),
            "dst-Customers", List.of("company", "kind"),
            "src-Orders", List.of("customer_id", "company"),
            "dst-Notes", List.of("order", "by"));
    private static final String PLAN = """
        plan: p
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: keep }
        onDrift: fail
        onExisting: overwrite
        tables:
          Companies:
            mode: inPlace
            references: { owner: { family: Customers, as: owner_id } }
            set: { kind: "{% 'kind of ' & $record.id %}" }
          Customers:
            identity: { rule: derive, namespace: n }
            references: { company: Companies }
            set: { kind: { through: company, take: kind } }
          Orders:
            mode: inPlace
            references: { customer: { family: Customers, as: customer_id } }
            set: { company: { through: customer, take: company } }
          Notes: { references: { order: Orders, by: Customers } }
        """;

    private final World world = new World();
    private final Random random = new Random(SEED);
    private int verifications;

    MixedMutationTest() {
        List.of("src-Companies", "src-Customers", "src-Orders", "src-Notes", "dst-Customers", "dst-Notes")
                .forEach(name -> world.memory().createTable(World.shape(name, KeyType.S)));
        for (int i = 0; i < RECORDS; i++) {
            world.load("src-Companies", World.record("id", "c" + i, "owner", "u" + i));
            world.load("src-Customers", World.record("id", "u" + i, "company", "c" + i));
            world.load("src-Orders", World.record("id", "o" + i, "customer", "u" + i));
            world.load("src-Notes", World.record("id", "n" + i, "order", "o" + i, "by", "u" + i));
        }
        world.keepSidesApart();
    }

    /** A record that is wrong. */
    private record Planted(String table, String record) {}

    @Test
    void everyMutationIsFoundAndNothingElse() {
        var migration = Migration.begun(world, PLAN);
        assertThat(migration.migrate().failures()).isZero();
        migration.report(RunOutcome.MIGRATED);
        var clean = WRITTEN.keySet().stream().collect(Collectors.toMap(table -> table, world::items));
        for (int batch = 0; batch < BATCHES; batch++) {
            var numbers = new ArrayList<>(
                    IntStream.range(0, WRITTEN.size() * RECORDS).boxed().toList());
            Collections.shuffle(numbers, random);
            var planted = numbers.subList(0, BATCH).stream()
                    .map(number -> mutated(number, clean))
                    .collect(Collectors.toSet());
            assertThat(found(verified(migration))).as("seed %d", SEED).containsExactlyInAnyOrderElementsOf(planted);
            restore(clean);
        }
        assertThat(verified(migration).ending().error()).isEmpty();
    }

    private Planted mutated(int number, Map<String, List<Map<String, AttributeValue>>> clean) {
        var table = clean.keySet().stream().sorted().toList().get(number % WRITTEN.size());
        var records = clean.get(table);
        var record = new HashMap<>(records.get(number / WRITTEN.size()));
        var written = WRITTEN.get(table);
        var attribute = written.get(random.nextInt(written.size()));
        var others = records.get((number / WRITTEN.size() + 1) % RECORDS).get(attribute);
        switch (random.nextInt(3)) {
            case 0 -> record.remove(attribute);
            case 1 -> record.put(attribute, AttributeValue.fromS("nothing"));
            default -> record.put(attribute, others);
        }
        world.load(table, record);
        return new Planted(table.substring(4), TypedJson.text(Map.of("id", record.get("id"))));
    }

    private void restore(Map<String, List<Map<String, AttributeValue>>> clean) {
        clean.forEach((table, records) -> world.memory().load(new PhysicalTable(table), records));
    }

    private RunReport verified(Migration migration) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "verify-" + verifications++);
        var verification = new Migration(world, PLAN, start, start.ready(Action.VERIFY, migration.run(), PLAN));
        for (int level = 1; level <= migration.manifest().levels().size(); level++) {
            verification.verify(level);
        }
        return verification.report(RunOutcome.VERIFIED);
    }

    private Set<Planted> found(RunReport report) {
        var documents = world.documents(world.invocation());
        var found = new HashSet<Planted>();
        report.verified().differenceFiles().stream()
                .flatMap(file -> documents.lines(new ObjectKey(file), Difference.class).stream())
                .map(one -> new Planted(one.table().value(), one.record()))
                .forEach(one -> assertThat(found.add(one)).as("%s", one).isTrue());
        return found;
    }
}
