package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.store.ForwardingTables;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A mapping that cannot be right keeps a run from its first write, and says everything that is wrong with it. */
final class MappingPreparationTest {
    private final World world = new World();

    @BeforeEach
    void tables() {
        world.create("A", KeyType.S);
        world.fill("src-A", 3);
        world.memory().createTable(World.shape("map", KeyType.S));
    }

    private static String plan(String... mappings) {
        var text = new StringBuilder("""
            plan: p
            source: { tables: "src-{table}" }
            target: { tables: "dst-{table}" }
            identity: { rule: keep }
            tables: { A: { references: { a: F0 } } }
            families:
            """);
        for (int i = 0; i < mappings.length; i++) {
            text.append("  F%d: { rule: lookup, mapping: %s }\n".formatted(i, mappings[i]));
        }
        return text.toString();
    }

    private List<Problem> refused(String plan) {
        var start = new Start(world, "s");
        var prepared = start.prepare(Action.MIGRATE, plan, Optional.of("p"));
        assertThat(prepared).isInstanceOf(Prepared.Refused.class);
        var folder = new RunFolder(start.task());
        var documents = world.documents(world.invocation());
        assertThat(documents.get(folder.control(), Control.class).value().phase())
                .isEqualTo(Phase.REFUSED);
        assertThat(documents.bytes(folder.manifest())).isEmpty();
        assertThat(documents.bytes(folder.mappings())).isEmpty();
        assertThat(documents.list("locks/")).isEmpty();
        return ((Prepared.Refused) prepared).problems();
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.id() + " " + problem.path() + ": " + problem.message())
                .toList();
    }

    @Test
    void everythingThatIsWrongIsNamed() {
        world.file("twice.csv", "old,new\na,x\na,y\nb,x\n");
        world.load("map", record("id", "4", "old", "c"));
        world.load("map", Map.of("id", AttributeValue.fromS("5"), "old", AttributeValue.fromN("1")));
        world.file("m.csv", "old,new\n,z\n");
        assertThat(texts(refused(plan(
                        "{ table: map, from: old, to: new }",
                        "{ file: m.csv, from: old, to: new }",
                        "{ file: missing.csv, from: old, to: new }",
                        "{ table: missing, from: old, to: new }",
                        "{ file: twice.csv, from: old, to: new }"))))
                .containsExactlyInAnyOrder(
                        "lookup.two-new-ids families.F4.mapping: In file twice.csv, line 3, old id a: the old id has two"
                                + " new ones, x and y.",
                        "lookup.many-to-one families.F4.mapping: In file twice.csv, line 4, old id b: old id a has the"
                                + " same new one, x.",
                        "lookup.no-id families.F0.mapping: In table map, record {\"id\":{\"S\":\"4\"}}, old id c: the"
                                + " new id is null, empty or not there.",
                        "lookup.no-id families.F0.mapping: In table map, record {\"id\":{\"S\":\"5\"}}: the old id is a"
                                + " number, but the family's ids are of type S.",
                        "lookup.no-id families.F1.mapping: In file m.csv, line 2: the old id is null, empty or not"
                                + " there.",
                        "lookup.no-source families.F2.mapping: The file missing.csv was not handed in with the plan.",
                        "lookup.no-source families.F3.mapping: The mapping table missing does not exist where the"
                                + " source tables are.");
    }

    @Test
    void ofManyFaultsTheFirstAreNamedAndTheOthersCounted() {
        for (int i = 0; i < 25; i++) {
            world.load("map", record("id", "r" + i, "old", "o" + i));
        }
        var problems = refused(plan("{ table: map, from: old, to: new }"));
        assertThat(problems).hasSize(11).allMatch(problem -> problem.id().equals("lookup.no-id"));
        assertThat(problems.getLast().message()).isEqualTo("In table map there are 15 more entries of this kind.");
    }

    @Test
    void anEmptyMappingIsNone() {
        world.load("map", record("id", "1", "old", "a", "new", "x"));
        assertThat(refused(plan("{ table: map, from: old, to: new, where: { active: true } }")))
                .extracting(Problem::id)
                .containsExactly("lookup.empty");
    }

    @Test
    void aFileThatCannotBeReadSaysWhy() {
        world.file("m.json", "[{]");
        assertThat(texts(refused(plan("{ file: m.json, from: old, to: new }"))))
                .singleElement()
                .asString()
                .startsWith("lookup.bad-file families.F0.mapping: The file m.json cannot be read: it is no JSON from");
    }

    @Test
    void aPreparationThatDiesAtAnyMomentLeavesNothingHalf() {
        var plan = plan("{ table: map, from: old, to: new }");
        var versions = new TreeSet<String>();
        for (int moment = 0; ; moment++) {
            var one = new MappingPreparationTest();
            one.tables();
            one.version("x");
            var start = new Start(one.world, "s");
            one.world.faults().crashAfter(moment);
            try {
                start.prepare(Action.MIGRATE, plan, Optional.of("p"));
                assertThat(moment).isGreaterThan(12);
                assertThat(versions).containsExactly("x", "y");
                return;
            } catch (Faults.Crash _) {
                one.world.faults().crashNoMore();
            }
            // Somebody changes the mapping before the preparation is tried again.
            one.version("y");
            versions.add(one.migratedWith(new Migration(one.world, plan, start, start.ready(Action.MIGRATE, plan))));
        }
    }

    private void version(String version) {
        for (int i = 0; i < 3; i++) {
            world.load("map", record("id", "e" + i, "old", "o" + i, "new", version + i));
            world.load("src-A", record("id", "r" + i, "a", "o" + i));
        }
    }

    /** The version of the mapping that every record was migrated with. */
    private String migratedWith(Migration run) {
        assertThat(run.validate().blockers()).isEmpty();
        run.begin();
        assertThat(run.migrate().failures()).isZero();
        var versions = world.items("dst-A").stream()
                .map(item -> item.get("a").s().substring(0, 1))
                .toList();
        assertThat(versions).hasSize(3).containsOnly(versions.getFirst());
        return versions.getFirst();
    }

    @Test
    void aMappingTableThatMayNotBeReadEndsTheRun() {
        world.replaceTables(new ForwardingTables(world.memory()) {
            @Override
            public Scanned scan(Scan scan) {
                if (scan.table().equals(new PhysicalTable("map"))) {
                    throw new StoreException(StoreException.Kind.DENIED, "Cannot scan the table map.");
                }
                return super.scan(scan);
            }
        });
        var start = new Start(world, "s");
        var prepared = start.prepare(Action.MIGRATE, plan("{ table: map, from: old, to: new }"), Optional.of("p"));
        assertThat(((Prepared.Refused) prepared).cause()).isEqualTo("Cannot scan the table map.");
        var control = world.documents(world.invocation()).get(new RunFolder(start.task()).control(), Control.class);
        assertThat(control.value().phase()).isEqualTo(Phase.REFUSED);
    }

    private static String replacing(String ids) {
        return """
            plan: p
            source: { tables: "src-{table}" }
            mode: inPlace
            families: { F: { rule: lookup, mapping: { ids: %s } } }
            tables: { A: { references: { v: F } } }
            """.formatted(ids);
    }

    @Test
    void newIdsOfAnEarlierRunMustNotChangeAgain() {
        Migration.migrated(world, replacing("{ value 0: n0, value 1: n1, value 2: n2 }"));
        world.time().sleep(Duration.ofSeconds(1));
        var refused = new Start(world, "s")
                .prepare(Action.MIGRATE, replacing("{ value 3: n3, n1: n9, n2: n2 }"), Optional.of("p"));
        assertThat(texts(((Prepared.Refused) refused).problems()))
                .singleElement()
                .asString()
                .startsWith("lookup.overlap families.F.mapping: Run ")
                .contains(
                        "gave old id value 1 the new id n1, which is an old id in the plan and has another new id there");
    }
}
