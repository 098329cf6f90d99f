package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * 2,000 single mutations of what a run that merges has written: references that point to a merged record again, merged
 * records that are not marked, merged records in the copy. Verification finds each of them, names its record and its
 * attribute, and nothing else.
 */
final class MergeMutationTest {
    private static final int BATCHES = 5;
    private static final int BATCH = 200;
    private static final int CUSTOMERS = 200;
    private static final int MERGED = CUSTOMERS / 2;
    private static final long SEED = 20_261_126;
    private static final Set<Verdict> UNLIKE_THE_PLAN =
            EnumSet.of(Verdict.ALTERED, Verdict.REVERTED, Verdict.MOVED, Verdict.LATE);
    private static final String JOBS = "Jobs: { references: { customer: Customers, \"clients[]\": Clients } }";

    private final World world = new World();
    private final Random random = new Random(SEED);
    private final Reverification verification = new Reverification(world);

    MergeMutationTest() {
        for (var table : List.of("Customers", "Clients", "Jobs")) {
            world.create(table, KeyType.S);
        }
        for (int i = 0; i < CUSTOMERS; i++) {
            world.load("src-Customers", World.record("id", "c" + i, "title", "customer " + i));
            world.load(
                    "src-Clients",
                    World.record("id", "u" + i, "customer", "c" + i, "name", "anna " + i / 2, "since", "" + i));
            var job = new HashMap<>(World.record("id", "j" + i, "customer", "c" + i));
            job.put("clients", AttributeValue.fromL(List.of(text("u" + i), text("u" + random.nextInt(CUSTOMERS)))));
            world.load("src-Jobs", job);
        }
    }

    /** @param place the attribute that is wrong; the verdict where the whole record is concerned */
    private record Planted(String table, String record, String place) {}

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static String into() {
        return IntStream.range(0, MERGED)
                .mapToObj(i -> "c" + (2 * i + 1) + ": c" + 2 * i)
                .collect(Collectors.joining(", ", "into: { ", " }"));
    }

    private static String clients(String more) {
        return "Clients: { " + more
                + "references: { customer: Customers }, merge: { matchBy: [name], within: customer, onMatch: merge } }";
    }

    @Test
    void inPlaceEveryMutationIsFoundAndNothingElse() {
        var plan = Plans.inPlace(
                "Customers: { onDrift: fail, merge: { " + into()
                        + " }, merged: { set: { gone: true, parent: \"{% $survivor %}\" } } }",
                clients("onDrift: fail, merged: { set: { gone: true } }, "),
                JOBS.replace("{ references", "{ onDrift: fail, references"));
        mutate(plan, "src-", this::changed, MergeMutationTest::unlikeThePlan);
    }

    /** Ids are kept, so that a merged record has a place in the target. */
    @Test
    void inACopyEveryMutationIsFoundAndNothingElse() {
        var keep = "onDrift: fail, identity: { rule: keep }, ";
        var plan = Plans.of(
                "Customers: { " + keep + "merge: { " + into() + " } }",
                clients(keep),
                JOBS.replace("{ references", "{ " + keep + "references"));
        mutate(plan, "dst-", this::copied, MergeMutationTest::attribute);
    }

    private void mutate(
            String plan,
            String side,
            BiFunction<Integer, Map<String, Map<String, AttributeValue>>, Planted> mutation,
            Function<Difference, String> place) {
        var migration = Migration.begun(world, plan);
        assertThat(migration.migrate().failures()).isZero();
        assertThat(migration.report(RunOutcome.MIGRATED).ending().error()).isEmpty();
        var clean = clean(side);
        for (int batch = 0; batch < BATCHES; batch++) {
            var numbers = new ArrayList<>(IntStream.range(0, 2 * BATCH).boxed().toList());
            Collections.shuffle(numbers, random);
            var planted = numbers.subList(0, BATCH).stream()
                    .map(number -> mutation.apply(number, clean))
                    .collect(Collectors.toSet());
            var report = verification.of(migration, plan);
            assertThat(found(report, place)).as("seed %d", SEED).containsExactlyInAnyOrderElementsOf(planted);
            restore(side, clean);
        }
        assertThat(verification.of(migration, plan).ending().error()).isEmpty();
    }

    /** All records, by their ids. */
    private Map<String, Map<String, AttributeValue>> clean(String side) {
        var all = new HashMap<String, Map<String, AttributeValue>>();
        for (var table : List.of("Customers", "Clients", "Jobs")) {
            world.items(side + table).forEach(item -> all.put(item.get("id").s(), item));
        }
        return all;
    }

    private void restore(String side, Map<String, Map<String, AttributeValue>> clean) {
        for (var table : Map.of("c", "Customers", "u", "Clients", "j", "Jobs").entrySet()) {
            world.memory().createTable(World.shape(side + table.getValue(), KeyType.S));
            world.memory()
                    .load(
                            new PhysicalTable(side + table.getValue()),
                            clean.values().stream()
                                    .filter(item -> item.get("id").s().startsWith(table.getKey()))
                                    .toList());
        }
    }

    /** Half of the numbers are jobs, the others merged customers and merged clients. */
    private Planted changed(int number, Map<String, Map<String, AttributeValue>> clean) {
        if (number < CUSTOMERS) {
            var planted = reference("src-Jobs", clean.get("j" + number));
            return new Planted(planted.table(), planted.record(), "unlike the plan");
        }
        int merged = (number - CUSTOMERS) / 2 * 2 + 1;
        boolean customer = number % 2 == 0;
        var record = new HashMap<>(clean.get((customer ? "c" : "u") + merged));
        var place = customer && random.nextBoolean() ? "parent" : "gone";
        if (place.equals("parent") && random.nextBoolean()) {
            record.put(place, text("c" + merged));
        } else {
            record.remove(place);
        }
        var table = customer ? "Customers" : "Clients";
        world.load("src-" + table, record);
        return new Planted(table + "~merged", key(record), "unlike the plan");
    }

    private Planted copied(int number, Map<String, Map<String, AttributeValue>> clean) {
        if (number < CUSTOMERS) {
            return reference("dst-Jobs", clean.get("j" + number));
        }
        int merged = (number - CUSTOMERS) / 2 * 2 + 1;
        var table = number % 2 == 0 ? "Customers" : "Clients";
        var id = (number % 2 == 0 ? "c" : "u") + merged;
        var record = world.items("src-" + table).stream()
                .filter(item -> item.get("id").s().equals(id))
                .findFirst()
                .orElseThrow();
        world.load("dst-" + table, record);
        return new Planted(table, key(record), "unexpected");
    }

    /** A reference points to the record that was merged into the one that it points to. */
    private Planted reference(String table, Map<String, AttributeValue> job) {
        var mutated = new HashMap<>(job);
        if (random.nextBoolean()) {
            mutated.put("customer", mergedInto(job.get("customer")));
        } else {
            var clients = new ArrayList<>(job.get("clients").l());
            int index = random.nextInt(clients.size());
            clients.set(index, mergedInto(clients.get(index)));
            mutated.put("clients", AttributeValue.fromL(clients));
        }
        world.load(table, mutated);
        return new Planted(
                "Jobs", key(job), mutated.get("customer").equals(job.get("customer")) ? "clients" : "customer");
    }

    private static AttributeValue mergedInto(AttributeValue survivor) {
        var id = survivor.s();
        return text(id.substring(0, 1) + (Integer.parseInt(id.substring(1)) + 1));
    }

    private Set<Planted> found(RunReport report, Function<Difference, String> place) {
        var found = new HashSet<Planted>();
        verification.differences(report).stream()
                .map(one -> new Planted(one.table().value(), one.record(), place.apply(one)))
                .forEach(one -> assertThat(found.add(one)).as("%s", one).isTrue());
        return found;
    }

    /** In a copy, an attribute is wrong, or a record is one too many. */
    private static String attribute(Difference difference) {
        if (difference.verdict() != Verdict.ALTERED) {
            return difference.verdict().word();
        }
        assertThat(difference.attributes()).as(difference.record()).hasSize(1);
        return difference.attributes().getFirst().split("[.\\[]", 2)[0];
    }

    /** In place, the verdict depends on what the run found in the record; the plan would change it again, or it is wrong. */
    private static String unlikeThePlan(Difference difference) {
        return UNLIKE_THE_PLAN.contains(difference.verdict())
                ? "unlike the plan"
                : difference.verdict().word();
    }

    private static String key(Map<String, AttributeValue> record) {
        return TypedJson.text(Map.of("id", record.get("id")));
    }
}
