package dev.rekey.handlers;

import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A run that holds locks.
 *
 * @param run its oldest objects were written when it began, which is in its id
 */
record HeldRun(RunId run, Control control) {
    /**
     * What people are told of a run that is neither done nor taken back, while what takes it back is still there; empty
     * if there is time yet.
     *
     * @param retention how long the bucket keeps the objects of a run; people are reminded from half of it on
     * @param stack name of the CloudFormation stack
     */
    Optional<Announcement> reminder(Instant now, Duration retention, String stack) {
        return isDue(run, now, retention) && control.phase().isUnfinished()
                ? Optional.of(announcement(now, retention, stack))
                : Optional.empty();
    }

    /** Whether {@code run} is so old that people should hear of it. */
    static boolean isDue(RunId run, Instant now, Duration retention) {
        return !now.isBefore(run.startedAt().plus(retention.dividedBy(2)));
    }

    private Announcement announcement(Instant now, Duration retention, String stack) {
        var execution = control.execution();
        var machine = execution.replace(":execution:", ":stateMachine:").replaceFirst(":[^:]*$", "");
        var advice = new Advice(run, machine, stack, region(execution));
        var gone = day(run.startedAt().plus(retention));
        return new Announcement(
                "Rekey: run " + run + " has been unfinished for "
                        + Duration.between(run.startedAt(), now).toDays() + " days",
                String.join(
                        "\n",
                        "Run " + run + " started on " + day(run.startedAt())
                                + " and is neither finished nor rolled back. Its tables stay locked.",
                        "",
                        "The bucket keeps the objects of a run for " + retention.toDays() + " days. From " + gone
                                + " on it deletes the undo log, and the run can no longer be rolled back."
                                + " Deleted objects remain as earlier versions for 30 days.",
                        "",
                        "What to do before " + gone,
                        String.join("\n", advice.forUnfinished()),
                        "",
                        "Run        " + run,
                        Announcement.execution(execution)));
    }

    /** Of the execution that works on the run now, or did last. */
    private static String region(String execution) {
        return execution.replaceFirst("^arn:[^:]*:states:([^:]*):.*$", "$1");
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
