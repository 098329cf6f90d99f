package dev.rekey.aws.invocation;

import dev.rekey.engine.store.Liveness;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Liveness that are processes of this machine, known by number and start time. */
public final class ProcessLiveness implements Liveness {
    /** Two processes may be told start times of a third that differ by so much, when the clock was set between. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** The name of this process among all that ever ran here; empty where the machine does not tell. */
    public static Optional<String> thisProcess() {
        var self = ProcessHandle.current();
        return self.info().startInstant().map(start -> self.pid() + "/" + start.toEpochMilli());
    }

    /** The owner of one invocation in {@code process}. */
    public static String name(String invocation, String process) {
        return invocation + "@" + process;
    }

    @Override
    public boolean isDead(String owner) {
        int at = owner.lastIndexOf('@');
        int slash = owner.lastIndexOf('/');
        if (at < 0 || slash < at) {
            return false;
        }
        try {
            long pid = Long.parseLong(owner.substring(at + 1, slash));
            var start = Instant.ofEpochMilli(Long.parseLong(owner.substring(slash + 1)));
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> isSame(process, start))
                    .isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isSame(ProcessHandle process, Instant start) {
        return process.info()
                .startInstant()
                .map(other -> Duration.between(start, other).abs().compareTo(TOLERANCE) <= 0)
                // It may well be the same.
                .orElse(true);
    }
}
