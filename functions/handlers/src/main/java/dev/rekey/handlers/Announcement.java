package dev.rekey.handlers;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.store.ConsoleLink;
import dev.rekey.handlers.EndedExecution.Status;
import java.util.List;
import java.util.stream.Stream;

/**
 * What people are told of an execution.
 *
 * @param subject at most 100 characters of ASCII
 */
record Announcement(String subject, String text) {
    /** What follows from the way an execution ended. */
    private enum Consequence {
        TAKEN_BACK("rolled back", "everything it wrote was rolled back"),
        TAKEN_BACK_WITH_DRIFT(
                "rolled back except drift", "it was rolled back, except records that others have changed since"),
        NOT_READY("the plan is not ready", "the plan does not fit its data"),
        NOTHING_WRITTEN("nothing written", "no table was written to"),
        NOT_VERIFIED("the target is wrong", "verification found failures in the target"),
        LEFT_TO_ANOTHER("run taken over", "another execution has taken over the run"),
        TABLE_TAKEN_BACK("one table rolled back", "what it wrote to one table was rolled back"),
        NOTHING_CHANGED("not finished, nothing changed", "it did not finish; no table was written to"),
        UNFINISHED("run unfinished", "the run is unfinished and its tables stay locked");

        private final String brief;
        private final String words;

        Consequence(String brief, String words) {
            this.brief = brief;
            this.words = words;
        }
    }

    static Announcement of(EndedExecution ended, String stack, String region) {
        var consequence = consequence(ended);
        return new Announcement(
                "Rekey: " + what(ended) + " " + how(ended) + ": " + consequence.brief,
                text(ended, consequence, new Advice(ended.asked().run(), ended.machine(), stack, region)));
    }

    private static Consequence consequence(EndedExecution ended) {
        return switch (ended.status()) {
            case SUCCEEDED -> ended.isNotReady() ? Consequence.NOT_READY : takenBack(ended);
            case TIMED_OUT, ABORTED -> unfinished(ended);
            case FAILED ->
                switch (ended.error()) {
                    case ErrorNames.ROLLED_BACK -> Consequence.TAKEN_BACK;
                    case ErrorNames.ROLLED_BACK_WITH_DRIFT -> Consequence.TAKEN_BACK_WITH_DRIFT;
                    case ErrorNames.INVALID_INPUT, ErrorNames.REFUSED, ErrorNames.NOT_READY ->
                        Consequence.NOTHING_WRITTEN;
                    case ErrorNames.VERIFICATION_FAILED -> Consequence.NOT_VERIFIED;
                    case ErrorNames.SUPERSEDED -> Consequence.LEFT_TO_ANOTHER;
                    // Rekey.Incomplete, and what the service itself ends an execution with, such as States.Runtime.
                    default -> unfinished(ended);
                };
        };
    }

    private static Consequence takenBack(EndedExecution ended) {
        if (ended.result().drift() > 0) {
            return Consequence.TAKEN_BACK_WITH_DRIFT;
        }
        return ended.asked().table().isEmpty() ? Consequence.TAKEN_BACK : Consequence.TABLE_TAKEN_BACK;
    }

    /** Following the advice to roll back would lose a run that was only looked at. */
    private static Consequence unfinished(EndedExecution ended) {
        boolean reads = Action.of(ended.asked().action())
                .filter(action -> switch (action) {
                    case ANALYZE, VALIDATE, VERIFY -> true;
                    case TEST, MIGRATE, ROLLBACK, RESUME, STOP -> false;
                })
                .isPresent();
        return reads ? Consequence.NOTHING_CHANGED : Consequence.UNFINISHED;
    }

    private static String what(EndedExecution ended) {
        return ended.asked().action().isEmpty()
                ? "an execution"
                : ended.asked().action() + " of run " + ended.asked().run();
    }

    private static String how(EndedExecution ended) {
        return switch (ended.status()) {
            case SUCCEEDED -> "is done";
            case FAILED -> "failed";
            case TIMED_OUT -> "timed out";
            case ABORTED -> "was stopped";
        };
    }

    private static String text(EndedExecution ended, Consequence consequence, Advice advice) {
        var why = Stream.of(ended.cause(), ended.error(), ended.result().message())
                .filter(one -> !one.isEmpty())
                .findFirst()
                .orElse("");
        return String.join(
                "\n",
                capital(what(ended)) + " " + how(ended) + ": " + consequence.words + ".",
                "",
                why.isEmpty() ? "No cause was given." : why,
                "",
                "What to do",
                String.join("\n", steps(ended, consequence, advice)),
                "",
                "Run        " + ended.asked().run(),
                execution(ended.arn()));
    }

    /** The execution, and where to see it. */
    static String execution(String arn) {
        return "Execution  " + arn
                + ConsoleLink.of(arn).map(link -> "\nConsole    " + link).orElse("");
    }

    private static List<String> steps(EndedExecution ended, Consequence consequence, Advice advice) {
        return switch (consequence) {
            case TAKEN_BACK, TABLE_TAKEN_BACK ->
                List.of(
                        ended.status() == Status.SUCCEEDED
                                ? "  No action is needed: the rollback was requested."
                                : "  Fix the cause above and start again. No cleanup is needed.");
            case TAKEN_BACK_WITH_DRIFT ->
                List.of("  Check the records that were kept, in the run's report:", advice.rekey("status"));
            case NOT_READY -> List.of("  Read the findings, and correct the plan or the data:", advice.rekey("report"));
            case NOTHING_WRITTEN -> List.of("  Fix the cause above and start again.");
            case NOT_VERIFIED ->
                List.of("  Read the report. To roll the run back:", advice.rekey("rollback"), advice.startRollback());
            case NOTHING_CHANGED -> List.of("  Start it again. No cleanup is needed.");
            case LEFT_TO_ANOTHER -> List.of("  No action is needed: the other execution continues the run.");
            case UNFINISHED -> advice.forUnfinished();
        };
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
