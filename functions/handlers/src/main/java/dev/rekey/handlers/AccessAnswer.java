package dev.rekey.handlers;

import dev.rekey.core.plan.document.ProblemText;
import dev.rekey.engine.workflow.AccessState;
import dev.rekey.engine.workflow.Ports;

/**
 * What a function is denied that is to write.
 *
 * @param denied a text for people, with a line break at its end; empty if nothing is
 */
record AccessAnswer(String denied) {
    /** Of so many, nobody reads more, and an execution passes on no more than 256 KB. */
    private static final int MOST = 100;

    /** @param function as people know it, such as {@code migrate} */
    static AccessAnswer of(Payload payload, Ports ports, String function) {
        var all = new AccessState(ports).denied(payload.task(), function);
        return new AccessAnswer(String.join(
                "",
                ProblemText.lines(all.stream().limit(MOST).toList()).stream()
                        .map(line -> line + "\n")
                        .toList()));
    }
}
