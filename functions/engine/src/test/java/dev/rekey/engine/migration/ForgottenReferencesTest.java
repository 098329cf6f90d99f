package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ids that the plan forgets would be in the target as they were, and point nowhere. */
final class ForgottenReferencesTest {
    private static final String RIGHT = Plans.of("A: {}", "B: { references: { a: A, note: A } }");
    private static final String MISSPELT = Plans.of("A: {}", "B: { references: { aId: A } }");
    private static final String ACCEPTED =
            Plans.of("A: {}", "B: { references: { aId: A }, checks: { accept: [a, aId, note] } }");

    private final World world = new World();

    ForgottenReferencesTest() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        for (int i = 0; i < 20; i++) {
            var id = UUID.nameUUIDFromBytes(("a" + i).getBytes(StandardCharsets.UTF_8))
                    .toString();
            world.load("src-A", record("id", id));
            world.load("src-B", record("id", "b" + i, "a", id, "note", id));
        }
    }

    private Migration migration(String plan, boolean allowWarnings) {
        var start = new Start(world, "forgotten").asking(RunOptions.NOTHING.allowingWarnings(allowWarnings));
        return new Migration(world, plan, start, start.ready(Action.MIGRATE, plan));
    }

    private static void assertProblems(Analysis analysis, Severity severity) {
        assertThat(analysis.problems())
                .allMatch(problem -> problem.severity() == severity)
                .extracting(Problem::id, Problem::path)
                .containsExactlyInAnyOrder(
                        tuple("reference.never-seen", "tables.B.references.aId"),
                        tuple("reference.undeclared", "tables.B.references.a"),
                        tuple("reference.undeclared", "tables.B.references.note"));
    }

    @Test
    void aMigrationIsRefused() {
        var analysis = migration(MISSPELT, false).validate();
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
        assertProblems(analysis, Severity.ERROR);
    }

    @Test
    void aMigrationThatAllowsWarningsSaysThemAtItsEnd() {
        var migration = migration(MISSPELT, true);
        assertProblems(migration.validate(), Severity.WARNING);
        migration.begin();
        assertThat(migration.migrate().failures()).isZero();
        var report = migration.report(RunOutcome.MIGRATED);
        assertThat(report.ending().problems()).hasSize(3);
        var page = world.documents(world.invocation())
                .bytes(migration.folder().report("migrated.html"))
                .orElseThrow()
                .content();
        assertThat(new String(page, StandardCharsets.UTF_8))
                .contains("Migrated and verified: 40 records in 2 tables, with 3 warnings", "--allow-warnings");
    }

    @Test
    void whatThePlanAcceptsIsNoProblem() {
        var analysis = migration(ACCEPTED, false).validate();
        assertThat(analysis.problems()).isEmpty();
        assertThat(analysis.verdict()).isEqualTo(Readiness.READY);
    }

    @Test
    void aPlanThatForgetsNothingIsReady() {
        assertThat(migration(RIGHT, false).validate().verdict()).isEqualTo(Readiness.READY);
    }

    /** What selects or compares by an attribute that nobody has leaves out everything, or merges nothing. */
    @Test
    void attributesThatNoRecordHasAreNamed() {
        var plan = Plans.of(
                "A: { where: { stat: active }, merge: { matchBy: [note, mail], oldestBy: created } }",
                "B: { where: \"{% $not($record.gone) and $record.a != 'x' %}\", references: { a: A, note: A } }");
        assertThat(migration(plan, false).validate().problems())
                .filteredOn(problem -> problem.id().equals("attribute.never-seen"))
                .extracting(Problem::severity, Problem::path, Problem::message)
                .containsExactly(
                        tuple(Severity.ERROR, "tables.A.where", "no record of the table has an attribute stat"),
                        tuple(
                                Severity.ERROR,
                                "tables.A.merge.matchBy",
                                "no record of the table has one of the attributes mail, note"),
                        tuple(
                                Severity.ERROR,
                                "tables.A.merge.oldestBy",
                                "no record of the table has an attribute created"),
                        tuple(Severity.WARNING, "tables.B.where", "no record of the table has an attribute gone"));
    }

    @Test
    void aMigrationThatAllowsWarningsGoesOnWithoutSuchAttributes() {
        assertThat(migration(Plans.of("A: { where: { stat: active } }", "B: {}"), true)
                        .validate()
                        .problems())
                .filteredOn(problem -> problem.id().equals("attribute.never-seen"))
                .extracting(Problem::severity)
                .containsExactly(Severity.WARNING);
    }

    /** That a sample has no value at a path says little of the table. */
    @Test
    void aSampleOnlyWarns() {
        var start = new Start(world, "sample")
                .asking(new RunOptions(
                        Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.of(5), Scope.ALL));
        var analysis = new Migration(world, MISSPELT, start, start.ready(Action.ANALYZE, MISSPELT)).validate();
        assertThat(analysis.problems()).isNotEmpty().allMatch(problem -> problem.severity() == Severity.WARNING);
    }
}
