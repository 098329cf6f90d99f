package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.FindingGroup;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run of a part needs a parent that would be created outside of that part: it was so from the start, and refuses the run. */
final class CreatedOfAPartTest {
    private static final String CONTACTS =
            "Contacts: { references: { company: { family: Companies, onOrphan: { create: { tenant: t1 } } } } }";

    private final World world = new World();
    private int starts;

    CreatedOfAPartTest() {
        world.create("Companies", KeyType.S);
        world.create("Contacts", KeyType.S);
        world.load("src-Companies", record("id", "c1", "tenant", "t1"));
        world.load("src-Contacts", record("id", "p1", "tenant", "t1", "company", "c1"));
        world.load("src-Contacts", record("id", "p2", "tenant", "t2", "company", "c9"));
    }

    private static String plan(boolean inPlace) {
        return inPlace
                ? Plans.inPlace(
                        "Companies: { set: { seen: true } }",
                        CONTACTS.replace("} } } } }", "} } } }, set: { seen: true } }"))
                : Plans.of("Companies: {}", CONTACTS);
    }

    private Migration prepared(String plan, String tenant) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "part-" + starts++)
                .asking(RunOptions.within(new Scope(List.of(), Map.of("tenant", tenant))));
        return new Migration(world, plan, start, start.ready(Action.MIGRATE, plan));
    }

    private static List<String> blockers(Analysis analysis) {
        return analysis.judgement().blockers().stream().map(FindingGroup::id).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsCreatedOutsideOfThePartRefusesTheRun(boolean inPlace) {
        var analysis = prepared(plan(inPlace), "t2").validate();
        assertThat(blockers(analysis)).containsOnly("create.outside");
        assertThat(analysis.judgement().blockers().getFirst().message())
                .contains("Companies that is not of the part which the run works on");
    }

    /** The other tenant has no such contact, though the parent would be of that tenant. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPartThatHasTheParentCreatesIt(boolean inPlace) {
        var run = prepared(plan(inPlace), "t1");
        assertThat(run.validate().verdict()).isNotEqualTo(Readiness.NOT_READY);
        run.begin();
        assertThat(run.migrate().failures()).isZero();
        run.report(RunOutcome.MIGRATED);
        assertThat(world.items(inPlace ? "src-Companies" : "dst-Companies")).hasSize(2);
    }
}
