package dev.rekey.engine.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an execution is asked to do. */
public enum Action {
    ANALYZE,
    VALIDATE,
    TEST,
    MIGRATE,
    VERIFY,
    ROLLBACK,
    RESUME,
    STOP;

    /** The word for it in the execution's input. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As in {@code cannot roll back}. */
    public String verb() {
        return this == ROLLBACK ? "roll back" : word();
    }

    public static Optional<Action> of(String word) {
        return Arrays.stream(values()).filter(a -> a.word().equals(word)).findFirst();
    }

    /** Whether the action works on a run that exists already. */
    public boolean needsRun() {
        return switch (this) {
            case VERIFY, ROLLBACK, RESUME, STOP -> true;
            case ANALYZE, VALIDATE, TEST, MIGRATE -> false;
        };
    }
}
