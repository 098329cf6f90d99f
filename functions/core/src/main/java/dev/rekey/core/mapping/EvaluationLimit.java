package dev.rekey.core.mapping;

import com.dashjoin.jsonata.Jsonata.Fn0;
import com.dashjoin.jsonata.Jsonata.Frame;
import dev.rekey.core.mapping.RecordView.Untouchable;
import java.util.ArrayList;
import java.util.Map;

/**
 * Ends an evaluation that goes on without end. It counts work and looks at no clock: how long an evaluation takes depends
 * on the process, which may be stopped for a while, and whether a record can be mapped must not. A single slow function
 * of the library runs to its end.
 */
final class EvaluationLimit {
    /** Some seconds on a processor of today. */
    static final int MOST_STEPS = 10_000_000;

    private static final int MAX_DEPTH = 500;

    /** A step of the library takes about as long as to copy so many elements of a list or an object, or so many characters. */
    private static final int ELEMENTS_A_STEP = 32;

    private static final int CHARACTERS_A_STEP = 1024;

    private static final Class<?> UNORDERED = Map.of(1, 1, 2, 2).getClass();

    private long steps;
    private int depth;

    private EvaluationLimit() {}

    /** Watches what is evaluated in {@code frame}, which must be used once only. */
    static void of(Frame frame) {
        var limit = new EvaluationLimit();
        frame.setEvaluateEntryCallback((_, _, _) -> limit.entered());
        frame.setEvaluateExitCallback((_, _, _, result) -> limit.left(result));
    }

    private void entered() {
        depth++;
        if (depth > MAX_DEPTH) {
            throw new Untouchable("the expression is nested more than " + MAX_DEPTH + " levels deep");
        }
        count(1);
    }

    private void left(Object result) {
        depth--;
        count(cost(result));
        if (isMatch(result)) {
            throw new Untouchable(
                    "the expression calls a regular expression as a function, and the parts of the result have no order; use $match");
        }
    }

    private void count(int more) {
        steps += more;
        if (steps > MOST_STEPS) {
            throw new Untouchable("the expression takes more than " + MOST_STEPS + " steps");
        }
    }

    /** Making a large value, or searching one, costs more. */
    private static int cost(Object result) {
        return switch (result) {
            case ArrayList<?> list -> list.size() / ELEMENTS_A_STEP;
            case Map<?, ?> map -> map.size() / ELEMENTS_A_STEP;
            case String text -> text.length() / CHARACTERS_A_STEP;
            case null, default -> 0;
        };
    }

    /** The library makes these of {@code Map.of}, which has another order in each process. */
    private static boolean isMatch(Object value) {
        return value != null && value.getClass() == UNORDERED && ((Map<?, ?>) value).get("next") instanceof Fn0;
    }
}
