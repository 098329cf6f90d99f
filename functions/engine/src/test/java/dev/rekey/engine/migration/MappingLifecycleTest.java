package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.analyze.FindingGroup;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.workflow.RecordTrial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tenants become organizations through a mapping: the new id stands beside the old one, or takes its place. */
final class MappingLifecycleTest {
    private static final String TABLE = "{ table: tenant_org, from: tenant, to: org, where: { active: 'yes' } }";
    private final World world = new World();

    @BeforeEach
    void tables() {
        List.of("profiles", "claims", "organizations").forEach(name -> world.create(name, KeyType.S));
        world.memory().createTable(World.shape("tenant_org", KeyType.S));
        for (int i = 0; i < 20; i++) {
            world.load("src-profiles", record("id", "p" + i, "tenant", "t" + i % 4));
            world.load("src-claims", record("id", "c" + i, "owner", "t" + i % 4, "profile", "p" + i));
        }
        for (int i = 0; i < 4; i++) {
            world.load("src-organizations", record("id", "o" + i));
            entry("t" + i, "o" + i);
        }
        world.load("tenant_org", record("id", "left out", "tenant", "t0", "org", "other", "active", "no"));
    }

    private void entry(String tenant, String organization) {
        world.load("tenant_org", record("id", "e-" + tenant, "tenant", tenant, "org", organization, "active", "yes"));
    }

    /** @param family what is said of the family beside its rule and mapping, with a comma before it */
    private static String plan(String mapping, String family) {
        return """
            plan: p
            source: { tables: "src-{table}" }
            target: { tables: "dst-{table}" }
            identity: { rule: keep }
            families:
              Tenants: { rule: lookup, mapping: %s%s }
            tables:
              profiles:
                references: { tenant: { family: Tenants, as: organization } }
                checks: { after: { required: [organization] } }
              claims: { references: { owner: Tenants, profile: profiles } }
              organizations: {}
            """.formatted(mapping, family);
    }

    private static Map<String, AttributeValue> only(List<Map<String, AttributeValue>> items, String id) {
        return items.stream()
                .filter(item -> item.get("id").s().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Optional<String> attribute(String table, String id, String attribute) {
        return Optional.ofNullable(only(world.items(table), id).get(attribute)).map(AttributeValue::s);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TABLE,
                "{ ids: { t0: o0, t1: o1, t2: o2, t3: o3 } }",
                "{ file: tenants.csv, from: tenant, to: org }",
            })
    void recordsGoThereAndBackTwice(String mapping) {
        world.file("tenants.csv", "tenant,org\nt0,o0\nt1,o1\nt2,o2\nt3,o3\n");
        var plan = plan(mapping, ", exists: organizations");
        var before = world.dump();
        world.pageLimit(3);
        var first = Migration.begun(world, plan);
        assertThat(first.migrate().failures()).isZero();
        assertThat(first.report(RunOutcome.MIGRATED).work().counts()).containsEntry(Counted.CREATED, 44L);
        assertThat(only(world.items("dst-profiles"), "p5"))
                .isEqualTo(record("id", "p5", "tenant", "t1", "organization", "o1"));
        assertThat(only(world.items("dst-claims"), "c7")).isEqualTo(record("id", "c7", "owner", "o3", "profile", "p7"));
        var after = world.dump();

        var start = new Start(world, "undo");
        new Migration(world, plan, start, start.ready(Action.ROLLBACK, first.run(), plan)).rollback();
        assertThat(world.dump()).isEqualTo(before);
        assertThat(Migration.migrated(world, plan).control().phase().isUnfinished())
                .isFalse();
        assertThat(world.dump()).isEqualTo(after);
    }

    private RunReport verified(Migration run, String plan, String name) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, name);
        var verification = new Migration(world, plan, start, start.ready(Action.VERIFY, run.run(), plan));
        for (int level = 1; level <= run.manifest().levels().size(); level++) {
            verification.verify(level);
        }
        return verification.report(RunOutcome.VERIFIED);
    }

    @Test
    void aVerificationTellsWhatHasChangedInAMapping() {
        var plan = plan(TABLE, "");
        var run = Migration.migrated(world, plan);
        assertThat(verified(run, plan, "same").verified().mappingChanges()).isEmpty();

        world.delete("tenant_org", record("id", "e-t0"));
        entry("t1", "o9");
        entry("t7", "o7");
        entry("t8", "o8");
        var report = verified(run, plan, "changed");
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.ending().message())
                .contains("The mapping of Tenants has changed since the run: 2 added, 1 removed, 1 changed.");
        assertThat(report.verified().mappingChanges()).singleElement().satisfies(change -> {
            assertThat(change.added().first()).containsExactlyInAnyOrder("t7", "t8");
            assertThat(change.removed().first()).containsExactly("t0");
            assertThat(change.changed().first()).containsExactly("t1");
        });
    }

    @Test
    void aMappingThatCannotBeReadAnyMoreIsANote() {
        var plan = plan(TABLE, "");
        var run = Migration.migrated(world, plan);
        entry("t1", "");
        var report = verified(run, plan, "faulty");
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.verified().mappingChanges())
                .singleElement()
                .satisfies(change -> assertThat(change.unknown().orElseThrow()).contains("t1"));
    }

    @Test
    void whatIsFrozenCounts() {
        var plan = plan(TABLE, "");
        var run = Migration.prepared(world, plan);
        entry("t1", "o3");
        entry("t2", "o3");
        world.memory().deleteTable(new PhysicalTable("tenant_org"));
        assertThat(run.validate().verdict()).isNotEqualTo(Readiness.NOT_READY);
        run.begin();
        assertThat(run.migrate().failures()).isZero();
        assertThat(attribute("dst-profiles", "p1", "organization")).contains("o1");
        assertThat(attribute("dst-claims", "c2", "owner")).contains("o2");
    }

    @Test
    void aLostAnswerOfThePreparationReadsWhatIsFrozen() {
        var plan = plan(TABLE, "");
        var start = new Start(world, "twice");
        var first = start.ready(Action.MIGRATE, plan);
        entry("t1", "o3");
        var second = start.ready(Action.MIGRATE, plan);
        assertThat(second.run()).isEqualTo(first.run());
        var run = new Migration(world, plan, start, second);
        run.validate();
        run.begin();
        run.migrate();
        assertThat(attribute("dst-profiles", "p1", "organization")).contains("o1");
    }

    @Test
    void anIdThatTheMappingDoesNotHaveIsABlocker() {
        world.load("src-profiles", record("id", "p99", "tenant", "t99"));
        world.load("src-claims", record("id", "c99", "owner", "t99"));
        var analysis = Migration.prepared(world, plan(TABLE, "")).validate();
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
        assertThat(analysis.blockers())
                .extracting(
                        FindingGroup::id, group -> group.table().orElseThrow().value(), FindingGroup::path)
                .containsExactlyInAnyOrder(
                        tuple("mapping.no-new-id", "profiles", "tenant"),
                        tuple("mapping.no-new-id", "claims", "owner"));
        assertThat(analysis.blockers().toString()).contains("p99", "c99");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep", "removeReference"})
    void anIdThatTheMappingDoesNotHaveIsKeptOrLeftOut(String onMissing) {
        world.load("src-profiles", record("id", "p99", "tenant", "t99"));
        world.load("src-claims", record("id", "c99", "owner", "t99"));
        var plan =
                plan(TABLE, ", onMissing: " + onMissing).replace("checks: { after: { required: [organization] } }", "");
        var run = Migration.begun(world, plan);
        assertThat(run.migrate().failures()).isZero();
        assertThat(only(world.items("dst-profiles"), "p99")).isEqualTo(record("id", "p99", "tenant", "t99"));
        assertThat(attribute("dst-claims", "c99", "owner"))
                .isEqualTo(onMissing.equals("keep") ? Optional.of("t99") : Optional.empty());
    }

    @Test
    void whatMustBeThereAfterwardsIsChecked() {
        world.load("src-profiles", record("id", "p99"));
        assertThat(Migration.prepared(world, plan(TABLE, "")).validate().blockers())
                .extracting(FindingGroup::id, FindingGroup::path)
                .containsExactly(tuple("check.required-after", "organization"));
    }

    /** Of a run that is refused for them. */
    private List<FindingGroup> blockers(String plan) {
        world.time().sleep(Duration.ofSeconds(1));
        var run = Migration.prepared(world, plan);
        var blockers = run.validate().blockers();
        run.reported(RunOutcome.REFUSED);
        return blockers;
    }

    @Test
    void everyNewIdMustBeARecordWhereThePlanSaysSo() {
        entry("t77", "o77");
        entry("t78", "o78");
        var plan = plan(TABLE, ", exists: organizations");
        assertThat(blockers(plan)).singleElement().satisfies(group -> {
            assertThat(group.id()).isEqualTo("lookup.no-record");
            assertThat(group.count()).isEqualTo(2);
            assertThat(group.message()).containsAnyOf("maps t77 to o77", "maps t78 to o78");
        });
        world.load("dst-organizations", record("id", "o77"));
        world.load("dst-organizations", record("id", "o78"));
        assertThat(blockers(plan)).isEmpty();
    }

    @Test
    void aNewIdWhoseRecordVanishesIsDangling() {
        var run = Migration.begun(world, plan(TABLE, ", exists: organizations"));
        assertThat(run.manifest().levels()).hasSize(3);
        run.copy(1);
        run.copy(2);
        run.copy(3);
        world.delete("dst-organizations", record("id", "o1"));
        assertThat(run.verify(1).failures()).isOne();
        assertThat(run.verify(2).tables().toString()).contains("DANGLING=5");
    }

    @Test
    void oneRecordIsTestedWithTheRecordThatItsNewIdNames() {
        var plan = plan(TABLE, ", exists: organizations");
        var start = new Start(world, "test")
                .asking(new RunOptions(Optional.empty(), Optional.of("claims"), Optional.of("c6"), true));
        var run = new Migration(world, plan, start, start.ready(Action.TEST, plan));
        assertThat(run.test("claims", Optional.of("c6"))).isEqualTo(new RecordTrial.TrialOutcome.Passed(3));
        assertThat(only(world.items("dst-claims"), "c6").get("owner").s()).isEqualTo("o2");
        assertThat(world.items("dst-organizations")).containsExactly(record("id", "o2"));
    }

    @Test
    void anExistingValueIsABlockerUnlessThePlanSaysOtherwise() {
        world.load("src-profiles", record("id", "p1", "tenant", "t1", "organization", "own choice"));
        var plan = plan(TABLE, "");
        assertThat(blockers(plan))
                .extracting(FindingGroup::id, FindingGroup::path)
                .containsExactly(tuple("mapping.existing", "organization"));
        var keeping = Migration.migrated(world, plan.replace("as: organization", "as: organization, onExisting: keep"));
        assertThat(attribute("dst-profiles", "p1", "organization")).contains("own choice");
        keeping.rollback();
        Migration.migrated(world, plan.replace("as: organization", "as: organization, onExisting: overwrite"));
        assertThat(attribute("dst-profiles", "p1", "organization")).contains("o1");
    }

    @Test
    void withAsANewIdOfRecordsStandsBesideTheOldOne() {
        var plan = Plans.of("profiles: {}", "claims: { references: { profile: { family: profiles, as: now } } }");
        var run = Migration.begun(world, plan);
        assertThat(run.migrate().failures()).isZero();
        var ids = world.items("dst-profiles").stream()
                .map(item -> item.get("id").s())
                .toList();
        assertThat(world.items("dst-claims")).hasSize(20).allSatisfy(item -> {
            assertThat(ids).contains(item.get("now").s());
            assertThat(item.get("profile").s()).startsWith("p");
        });
    }

    @Test
    void theIdsOfATableGoThroughAMapping() {
        var plan = """
            plan: p
            source: { tables: "src-{table}" }
            target: { tables: "dst-{table}" }
            identity: { rule: keep }
            families:
              People: { rule: lookup, mapping: { ids: { p1: q1, p2: p3, p3: p2 } }, onMissing: keep }
            tables:
              profiles: { identity: { family: People } }
              claims: { references: { profile: People } }
            """;
        var run = Migration.begun(world, plan);
        assertThat(run.migrate().failures()).isZero();
        assertThat(attribute("dst-profiles", "q1", "tenant")).contains("t1");
        assertThat(attribute("dst-profiles", "p3", "tenant")).contains("t2");
        assertThat(attribute("dst-claims", "c1", "profile")).contains("q1");
        assertThat(attribute("dst-claims", "c2", "profile")).contains("p3");
        assertThat(attribute("dst-claims", "c4", "profile")).contains("p4");
    }
}
