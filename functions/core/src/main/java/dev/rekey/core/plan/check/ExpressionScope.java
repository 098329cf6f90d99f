package dev.rekey.core.plan.check;

import java.util.Optional;

/** What an expression of a plan is about, and so which variables have a value in it. */
public enum ExpressionScope {
    RECORD,
    /** A record that is merged away. */
    MERGED,
    /** A record that is created. */
    CREATED,
    /** A record that is created for all records with the same value of an attribute. */
    CREATED_PER;

    /** What an expression can use, as a hint. */
    public String inputs() {
        return switch (this) {
            case RECORD, MERGED -> "Use $record, or $runStartedAt for the start time of the run.";
            case CREATED -> "Use $parameters.";
            case CREATED_PER -> "Use $per or $parameters.";
        };
    }

    /** What to do instead of using {@code variable}; empty if it can be used. */
    public Optional<String> insteadOf(String variable) {
        boolean ofCreated = this == CREATED || this == CREATED_PER;
        return switch (variable) {
            case "survivor" -> hint(this != MERGED, "Use it in merged.set only.");
            case "per" -> hint(this != CREATED_PER, "Use it in onAbsent.create only, and give onAbsent.per.");
            case "record", "runStartedAt" ->
                hint(
                        ofCreated,
                        "Every run must create the same record: use $parameters, or in onAbsent.create also $per.");
            default -> Optional.empty();
        };
    }

    private static Optional<String> hint(boolean refused, String hint) {
        return refused ? Optional.of(hint) : Optional.empty();
    }
}
