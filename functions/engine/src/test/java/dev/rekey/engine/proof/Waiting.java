package dev.rekey.engine.proof;

import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.TaskTokens;
import dev.rekey.engine.run.TaskTokens.TaskToken;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tasks of all executions of a simulation that wait for their tokens, as Step Functions knows them. */
final class Waiting {
    private final Set<TaskToken> open = new HashSet<>();
    private final Map<TaskToken, RunId> awaited = new HashMap<>();
    private int number;

    /** A task begins, whose token can be returned from now on. */
    TaskToken begin() {
        var token = new TaskToken("task-" + number++);
        open.add(token);
        return token;
    }

    /** The function of a task has ended: only its token is waited for. */
    void await(TaskToken token, RunId run) {
        if (open.contains(token)) {
            awaited.put(token, run);
        }
    }

    boolean waits(TaskToken token) {
        return open.contains(token);
    }

    /** Whether a task waited that does not any more. */
    boolean wentOn() {
        return awaited.keySet().stream().anyMatch(token -> !open.contains(token));
    }

    /** Tasks of a run that wait. */
    List<TaskToken> of(RunId run) {
        return awaited.keySet().stream()
                .filter(token -> open.contains(token) && awaited.get(token).equals(run))
                .toList();
    }

    /** Whoever returns tokens does so over {@code line}. */
    TaskTokens tokens(Line line) {
        return token -> line.request("giveBack", token.value(), () -> open.remove(token));
    }
}
