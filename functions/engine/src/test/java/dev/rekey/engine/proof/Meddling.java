package dev.rekey.engine.proof;

import dev.rekey.core.plan.Limits;
import dev.rekey.engine.proof.Progress.State;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an operator does while an execution works: once in some of its states, in the middle of a page.
 *
 * @param level at which it is done, where there are levels
 */
record Meddling(int level, Map<State, Consumer<Operator>> deeds) {
    static final Meddling NONE = new Meddling(0, Map.of());

    /** A pause wherever workers look for one. */
    static final Meddling PAUSES = new Meddling(
            2,
            Map.of(
                    State.READ, Operator::pause,
                    State.MATCH, Operator::pause,
                    State.COPY, Operator::pause,
                    State.COMPARE, Operator::pause,
                    State.MATCH_LEVEL, Operator::pause,
                    State.UNDO, Operator::pause));

    /** Limits that are set, changed and taken away. */
    static final Meddling LIMITS = new Meddling(
            3,
            Map.of(
                    State.COPY, operator -> operator.limit(limits(4, 3)),
                    State.COMPARE, operator -> operator.limit(limits(7, 100)),
                    State.MATCH_LEVEL, operator -> operator.limit(Limits.NONE),
                    State.UNDO, operator -> operator.limit(limits(4, 3))));

    private static Limits limits(int reads, int writes) {
        return new Limits(Optional.of(reads), Optional.of(writes));
    }

    /** What is done after some requests of a state; empty if nothing. */
    Optional<Consumer<Operator>> deed(Progress at) {
        return Optional.ofNullable(deeds.get(at.state())).filter(_ -> hasNoLevel(at.state()) || at.level() == level);
    }

    private static boolean hasNoLevel(State state) {
        return state == State.READ || state == State.MATCH;
    }
}
