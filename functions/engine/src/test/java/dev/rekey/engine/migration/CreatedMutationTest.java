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
import dev.rekey.engine.verify.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * 2,000 single mutations of what a run that creates parents has written: of the created records, and of references to them.
 * Verification finds each of them, names its record and its attribute, and nothing else.
 */
final class CreatedMutationTest {
    private static final int BATCHES = 5;
    private static final int BATCH = 100;
    private static final int COMPANIES = 50;
    private static final int CONTACTS = 400;
    private static final int TENANTS = 150;
    private static final long SEED = 20_261_127;

    private static final String PARENTS = "Companies: { onDrift: fail, KEEP set: { seen: true } }";
    private static final String CHILDREN =
            "Contacts: { onDrift: fail, KEEP references: { company: { family: Companies, onOrphan: { create: { name: Unknown } }, onAbsent: { create: { name: Default }, per: tenant } } } }";

    private final World world = new World();
    private final Random random = new Random(SEED);
    private int verifications;

    CreatedMutationTest() {
        for (var table : List.of("Companies", "Contacts")) {
            world.create(table, KeyType.S);
        }
        for (int i = 0; i < COMPANIES; i++) {
            world.load("src-Companies", World.record("id", "c" + i, "name", "company " + i));
        }
        for (int i = 0; i < CONTACTS; i++) {
            var contact = new HashMap<>(World.record("id", "p" + i, "tenant", "t" + i % TENANTS));
            if (i < COMPANIES) {
                contact.put("company", AttributeValue.fromS((i % 2 == 0 ? "c" : "x") + i));
            }
            world.load("src-Contacts", contact);
        }
    }

    /** @param attribute that is wrong */
    private record Planted(String table, String record, String attribute) {}

    @Test
    void inPlaceEveryMutationIsFoundAndNothingElse() {
        mutate(Plans.inPlace(PARENTS.replace("KEEP ", ""), CHILDREN.replace("KEEP ", "")), "src-");
    }

    @Test
    void inACopyEveryMutationIsFoundAndNothingElse() {
        var keep = "identity: { rule: keep },";
        mutate(Plans.of(PARENTS.replace("KEEP", keep), CHILDREN.replace("KEEP", keep)), "dst-");
    }

    private void mutate(String plan, String side) {
        var migration = Migration.begun(world, plan);
        assertThat(migration.migrate().failures()).isZero();
        assertThat(migration.report(RunOutcome.MIGRATED).ending().error()).isEmpty();
        var companies = world.items(side + "Companies");
        var contacts = world.items(side + "Contacts");
        var created = companies.stream()
                .filter(company -> !company.get("name").s().startsWith("company"))
                .toList();
        assertThat(created).hasSize(COMPANIES / 2 + TENANTS);
        var derived = contacts.stream()
                .filter(contact -> contact.get("company").s().length() > "c00".length())
                .toList();
        assertThat(derived).hasSize(CONTACTS - COMPANIES);
        for (int batch = 0; batch < BATCHES; batch++) {
            var planted = new HashSet<Planted>();
            chosen(created).forEach(company -> planted.add(company(side, company)));
            chosen(derived).forEach(contact -> planted.add(contact(side, contact)));
            assertThat(found(verified(migration, plan)))
                    .as("seed %d", SEED)
                    .containsExactlyInAnyOrderElementsOf(planted);
            world.memory().load(new PhysicalTable(side + "Companies"), companies);
            world.memory().load(new PhysicalTable(side + "Contacts"), contacts);
        }
        assertThat(verified(migration, plan).ending().error()).isEmpty();
    }

    private List<Map<String, AttributeValue>> chosen(List<Map<String, AttributeValue>> records) {
        var shuffled = new ArrayList<>(records);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, BATCH);
    }

    private Planted company(String side, Map<String, AttributeValue> company) {
        var attribute = random.nextBoolean() ? "name" : "seen";
        world.change(side + "Companies", company, attribute, "other");
        return new Planted("Companies~created", key(company), attribute);
    }

    private Planted contact(String side, Map<String, AttributeValue> contact) {
        world.change(side + "Contacts", contact, "company", "c" + random.nextInt(COMPANIES / 2) * 2);
        return new Planted("Contacts", key(contact), "company");
    }

    private RunReport verified(Migration migration, String plan) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "verify-" + verifications++);
        var verification = new Migration(world, plan, start, start.ready(Action.VERIFY, migration.run(), plan));
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
                .forEach(one -> {
                    assertThat(one.verdict()).isEqualTo(Verdict.ALTERED);
                    assertThat(one.attributes()).as(one.record()).hasSize(1);
                    assertThat(found.add(new Planted(
                                    one.table().value(),
                                    one.record(),
                                    one.attributes().getFirst().split("[.\\[]", 2)[0])))
                            .as("%s", one)
                            .isTrue();
                });
        return found;
    }

    private static String key(Map<String, AttributeValue> record) {
        return TypedJson.text(Map.of("id", record.get("id")));
    }
}
