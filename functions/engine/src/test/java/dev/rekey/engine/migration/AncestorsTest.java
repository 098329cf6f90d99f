package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.engine.analyze.Ancestors;
import dev.rekey.engine.analyze.FindingGroup;
import dev.rekey.engine.analyze.Findings;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AncestorsTest {
    private static final String PLAN = Plans.of("A: { references: { parent: A }, checks: { acyclic: [parent] } }");

    private final World world = new World();

    /** a1 is nobody's parent; a2 and a3 are each other's, a4 is its own. */
    private List<FindingGroup> blockers(int mostEdges) {
        world.create("A", KeyType.S);
        world.load("src-A", World.record("id", "a1", "parent", "a2"));
        world.load("src-A", World.record("id", "a2", "parent", "a3"));
        world.load("src-A", World.record("id", "a3", "parent", "a2"));
        world.load("src-A", World.record("id", "a4", "parent", "a4"));
        var migration = Migration.prepared(world, PLAN);
        migration.validate();
        var documents = world.documents(world.invocation());
        var run = migration.opened(Orphans.NONE);
        var findings = new Findings(documents, run.folder());
        new Ancestors(documents, run, mostEdges).into(findings);
        return findings.blockers();
    }

    @Test
    void everyRecordOfALoopIsNamed() {
        assertThat(blockers(3))
                .extracting(FindingGroup::id, FindingGroup::count)
                .containsExactly(tuple("check.acyclic", 3L));
    }

    @Test
    void moreThanCanBeHeldIsSaidAndNotGuessed() {
        var blockers = blockers(2);
        assertThat(blockers)
                .extracting(FindingGroup::id, FindingGroup::path)
                .containsExactly(tuple("check.acyclic-too-large", "tables.A.checks.acyclic"));
        assertThat(blockers.getFirst().message())
                .isEqualTo(
                        "3 records in the plan's acyclic checks are both parent and child, more than the limit of 2: cycles were not checked");
    }
}
