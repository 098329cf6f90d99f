package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Where;
import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.proof.Progress.State;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The crash sweep over tables that are changed in place, on stores in memory. */
final class InPlaceSweepTest extends CrashSweepContract {
    private static final Map<String, String> TENANT = Map.of("tenantId", "t2");
    private static final Undoing PROFILES = new Undoing(Optional.of("Profiles"), false, Drift.KEEP, false);
    /** Of the tables that have one: profiles, and claims, which refer to them. */
    private static final Undoing ONE_TENANT =
            new Undoing(Optional.of("Profiles"), true, Drift.KEEP, false).where(TENANT);

    InPlaceSweepTest() {
        super(new InPlaceExhibit());
    }

    @Test
    void everyRequestOfASecondMigration() {
        var before = inUse(migrated());
        var second = start(before, Action.MIGRATE, "second run", Optional.empty());
        var one = sweepAMigration(whereItWrites(before, second), compared());
        assertThat(one.site().dump()).isNotEqualTo(before.dump());
    }

    private static Site inUse(Site site) {
        var held = site.held();
        InPlaceExhibit.goOn(held.tables());
        return site.on(held);
    }

    @Test
    void everyRequestThatUpdatesIsLeftWithoutAnAnswer() {
        leaveWithoutAnswer(record(whereItWrites(untouched(), firstMigration())));
    }

    /** Elsewhere, it asks for what it asks for in other tables. */
    private static Trial whereItWrites(Site before, Start start) {
        return new Trial(
                before, start, Meddling.NONE, request -> request.state().state() == State.COPY, 40);
    }

    @Test
    void everyRequestOfAMigrationOfOneTenant() {
        var scope = new Scope(List.of(), TENANT);
        var options = RunOptions.within(scope);
        var start = firstMigration().asking(options);
        var one = sweepAMigration(whereItWrites(untouched(), start), compared());
        assertThat(one.site().dump()).isEqualTo(changed((_, item) -> isOfTenant(item)));
    }

    @Test
    void everyRequestOfTheRollbackOfOneTable() {
        var before = migrated();
        var trial = new Trial(before, rollback(before).undoing(PROFILES), 60);
        var _ = sweepARollback(trial, changed((table, _) -> !table.equals("own-Profiles")));
    }

    @Test
    void everyRequestOfTheRollbackOfOneTenant() {
        var before = migrated();
        var trial = new Trial(before, rollback(before).undoing(ONE_TENANT), 80);
        var _ = sweepARollback(trial, withoutTheTenant());
    }

    @Test
    void everyRequestOfTheRollbackOfTheRest() {
        var before = migrated();
        var part = rollback(before).undoing(ONE_TENANT);
        assertThat(new Execution(part, before).run()).isEqualTo(Result.ROLLED_BACK);
        assertThat(before.dump()).isEqualTo(withoutTheTenant());
        before.sleep(Duration.ofSeconds(1));
        var rest = start(before, Action.ROLLBACK, "rest", Optional.of(firstRun()));
        var _ = sweepARollback(new Trial(before.copy(), rest, 120), original());
    }

    private String withoutTheTenant() {
        return changed((_, item) -> !isOfTenant(item));
    }

    private static boolean isOfTenant(Map<String, AttributeValue> item) {
        return new Where.Written(TENANT).holds(item);
    }

    /** Everything in the tables if the plan has changed the chosen records; they are what they were in the beginning. */
    private String changed(BiPredicate<String, Map<String, AttributeValue>> isChosen) {
        var after = migrated().held().tables();
        var original = exhibit().tables();
        var tables = original.copy();
        for (var shape : exhibit().shapes()) {
            var chosen = original.items(shape.table()).stream()
                    .filter(item -> isChosen.test(shape.table().name(), item))
                    .map(shape::keyOf)
                    .collect(Collectors.toSet());
            tables.load(
                    shape.table(),
                    after.items(shape.table()).stream()
                            .filter(item -> chosen.contains(shape.keyOf(item)))
                            .toList());
        }
        assertThat(tables.dump()).isNotIn(original.dump(), after.dump());
        return tables.dump();
    }

    @Test
    void everyRequestOfARollbackIsLeftWithoutAnAnswer() {
        leaveARollbackWithoutAnswers();
    }
}
