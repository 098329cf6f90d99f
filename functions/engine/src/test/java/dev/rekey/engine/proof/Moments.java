package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Progress.State;
import dev.rekey.engine.run.RunId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** When executions came to their states, levels were judged, and runs were fenced off, as {@link History} counts. */
final class Moments {
    private static final Pattern JUDGED = Pattern.compile("runs/[^/]+/verifications/[^/]+/level-\\d+\\.json");

    private final History history;
    private final Map<String, Long> first = new HashMap<>();
    private final Map<String, Long> judged = new HashMap<>();
    private final Map<RunId, Long> fenced = new HashMap<>();

    Moments(History history) {
        this.history = history;
    }

    void entered(RunId run, RunId task, Progress progress) {
        long now = history.moment();
        first.putIfAbsent(run + " " + progress.state() + level(progress), now);
        first.putIfAbsent(run + " " + task + " " + progress.state() + level(progress), now);
    }

    private static String level(Progress progress) {
        return switch (progress.state()) {
            case COPY, COMPARE, MATCH_LEVEL, JUDGE_LEVEL -> " " + progress.level();
            case PREPARE,
                    MERGE,
                    ACCESS,
                    JUDGE_CANDIDATES,
                    READ,
                    MATCH,
                    JUDGE,
                    TEST,
                    REPORT_TESTED,
                    REPORT,
                    FENCE,
                    UNDO,
                    COMPARE_UNDONE,
                    REPORT_UNDONE,
                    ENDED -> "";
        };
    }

    void put(String key) {
        if (JUDGED.matcher(key).matches()) {
            judged.put(key, history.moment());
        }
    }

    void fences(RunId run) {
        fenced.putIfAbsent(run, history.moment());
    }

    /** When any execution on the run first came to a state that has no level. */
    long first(RunId run, State state) {
        return first.getOrDefault(run + " " + state, 0L);
    }

    long copied(RunId run, int level) {
        return first.getOrDefault(run + " " + State.COPY + " " + level, 0L);
    }

    /** When an execution began to compare a level. */
    OptionalLong compared(RunId run, RunId task, int level) {
        var found = first.get(run + " " + task + " " + State.COMPARE + " " + level);
        return found == null ? OptionalLong.empty() : OptionalLong.of(found);
    }

    /** When the judgement that lies under {@code key} was written last. */
    long judged(String key) {
        return judged.getOrDefault(key, 0L);
    }

    /** When a rollback of the run first began to write. */
    long fenced(RunId run) {
        return fenced.getOrDefault(run, 0L);
    }

    /** Whether a rollback may have begun by then. */
    boolean isFenced(RunId run, long by) {
        return fenced.getOrDefault(run, Long.MAX_VALUE) <= by;
    }
}
