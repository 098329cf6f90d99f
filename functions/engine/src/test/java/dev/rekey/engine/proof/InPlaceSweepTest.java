package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.proof.Progress.State;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.store.Interceptor.Call;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The crash sweep over tables that are changed in place, on stores in memory. */
final class InPlaceSweepTest extends CrashSweepContract {
    InPlaceSweepTest() {
        super(new InPlaceExhibit());
    }

    @Override
    Site place(Site site) {
        return site.copy();
    }

    @Override
    Set<Integer> chosen(SortedMap<Integer, Call> requests, Collection<Call> inMemory) {
        return requests.keySet();
    }

    @Override
    <T> List<T> ways(int moment, List<T> all) {
        return all;
    }

    /** An attempt that finds what an earlier one wrote logs what that one found as well. */
    @Override
    UnaryOperator<Whole> compared() {
        return Whole::withoutAttempts;
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
    void everyRequestOfARollbackIsLeftWithoutAnAnswer() {
        leaveARollbackWithoutAnswers();
    }
}
