package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.document.ProblemText;
import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.StoreException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the functions that write are denied is told before anything is written, and the tables are given back. */
final class AccessTest {
    private final InPlaceExhibit exhibit = new InPlaceExhibit();
    private final InMemoryTables tables = exhibit.tables();
    private final Site site = new Site(tables);
    private final String original = site.dump();

    private Execution run(Action action, String name, Optional<RunId> on) {
        site.sleep(Duration.ofSeconds(1));
        var execution = new Execution(
                new Start(exhibit.plan(), action, name, site.now(), on, tested(action), Undoing.ALL), site);
        execution.run();
        return execution;
    }

    private static RunOptions tested(Action action) {
        return action == Action.TEST
                ? new RunOptions(Optional.empty(), Optional.of("Profiles"), Optional.empty(), false)
                : RunOptions.NOTHING;
    }

    private RunId newest() {
        return site.held().objects().contents().keySet().stream()
                .filter(key -> key.endsWith("/manifest.json"))
                .map(key -> new RunId(key.split("/", -1)[1]))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Test
    void aMigrationIsRefusedWithAllThatIsDenied() {
        tables.deny(new PhysicalTable("own-Profiles"), "Cannot update profiles.");
        tables.deny(new PhysicalTable("own-Claims"), "Cannot update claims.");
        for (var action : new Action[] {Action.MIGRATE, Action.TEST}) {
            var refused = run(action, action.word(), Optional.empty());
            assertThat(refused.result()).isEqualTo(Result.REFUSED);
            var cause = refused.refusal().orElseThrow().cause();
            assertThat(ProblemText.read(cause))
                    .hasSize(action == Action.MIGRATE ? 4 : 1)
                    .allSatisfy(problem -> {
                        assertThat(problem.id()).isEqualTo("permission.denied");
                        assertThat(problem.hint()).contains("InPlaceTableArns").containsAnyOf("migrate", "rollback");
                    });
            assertThat(cause).contains("No table was written to. Grant them, then start again.");
            assertThat(site.dump()).isEqualTo(original);
            assertThat(site.locks()).doesNotContain(newest().value());
            assertThat(site.control(newest())).contains("\"refused\"");
        }
        tables.allow();
        assertThat(run(Action.MIGRATE, "again", Optional.empty()).result()).isEqualTo(Result.MIGRATED);
    }

    /** The run is what it was, and can be rolled back later. */
    @Test
    void aRollbackIsRefusedAndTheRunStaysMigrated() {
        assertThat(run(Action.MIGRATE, "first", Optional.empty()).result()).isEqualTo(Result.MIGRATED);
        var run = newest();
        var migrated = site.dump();
        tables.deny(new PhysicalTable("own-Profiles"), "Cannot update profiles.");
        var refused = run(Action.ROLLBACK, "undo", Optional.of(run));
        assertThat(refused.result()).isEqualTo(Result.REFUSED);
        assertThat(site.dump()).isEqualTo(migrated);
        assertThat(site.locks()).doesNotContain(run.value());
        assertThat(site.control(run)).contains("\"migrated\"");
        tables.allow();
        assertThat(run(Action.VERIFY, "verify", Optional.of(run)).result()).isEqualTo(Result.VERIFIED);
        assertThat(run(Action.ROLLBACK, "again", Optional.of(run)).result()).isEqualTo(Result.ROLLED_BACK);
        assertThat(site.dump()).isEqualTo(original);
    }

    /** A run that has written is never refused: it stays unfinished until somebody grants what it needs. */
    @Test
    void aRunThatIsUnfinishedStaysSo() {
        site.intercept(new Interceptor() {
            @Override
            public void before(Call call) {
                if (call.name().equals("update")) {
                    throw new StoreException(StoreException.Kind.DENIED, "Cannot update.");
                }
            }

            @Override
            public void after(Call call) {}
        });
        assertThat(run(Action.MIGRATE, "first", Optional.empty()).result()).isEqualTo(Result.INCOMPLETE);
        site.intercept(Interceptor.none());
        var run = newest();
        tables.deny(new PhysicalTable("own-Profiles"), "Cannot update profiles.");
        var denied = run(Action.RESUME, "resumes", Optional.of(run));
        assertThat(denied.result()).isEqualTo(Result.INCOMPLETE);
        assertThat(denied.refusal().orElseThrow().cause()).contains("rekey resume --run " + run);
        assertThat(site.locks()).contains(run.value());
        tables.allow();
        assertThat(run(Action.RESUME, "granted", Optional.of(run)).result()).isEqualTo(Result.MIGRATED);
        assertThat(site.locks()).doesNotContain(run.value());
    }
}
