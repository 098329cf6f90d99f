package dev.rekey.engine.proof;

import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.TaskTokens;
import dev.rekey.engine.store.Interceptor;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What goes on beside an execution at a site: tasks that wait, and an operator whose work comes between two requests of a
 * worker. Whoever dies at it does it again.
 */
final class Beside {
    private static final Set<String> WRITES = Set.of("create", "replace", "put");

    /** By then a worker has claimed its segment and is in the middle of a page. */
    private static final int WRITES_BEFORE = 2;

    private final Consumer<Consumer<FunctionCall>> calls;
    private final Set<String> waiting = new HashSet<>();
    private Meddling meddling = Meddling.NONE;
    private RunId run = new RunId("00000000T000000000Z-00000000");
    private Progress at = Progress.beginning();
    private int writes;
    private boolean busy;

    /** The process of whoever works beside an execution dies. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;

        Died() {
            super("the process died", null, false, false);
        }
    }

    /** @param calls does something in an invocation of its own */
    Beside(Consumer<Consumer<FunctionCall>> calls) {
        this.calls = calls;
    }

    void meddle(Meddling with, RunId on) {
        meddling = with;
        run = on;
    }

    void entered(Progress progress) {
        at = progress;
        writes = 0;
    }

    /** Whether a request is none of the execution's workers. */
    boolean isBusy() {
        return busy;
    }

    TaskTokens tokens() {
        return token -> waiting.remove(token.value());
    }

    /** Has a task wait until somebody lets it go on; if nobody did, an operator does. */
    void await(TaskTokens.TaskToken token, RunId of, Consumer<FunctionCall> function) {
        waiting.add(token.value());
        aside(function);
        if (waiting.contains(token.value())) {
            aside(call -> new Operator(call, of).unpause());
        }
        if (!waiting.isEmpty()) {
            throw new AssertionError("nobody lets a task go on that waits");
        }
    }

    /** Sees what {@code other} sees, which sees what an operator does, too. */
    Interceptor over(Interceptor other) {
        return new Interceptor() {
            @Override
            public void before(Call call) {
                other.before(call);
            }

            @Override
            public void after(Call call) {
                other.after(call);
                boolean written =
                        !busy && WRITES.contains(call.name()) && call.on().contains("/");
                if (written && ++writes == WRITES_BEFORE) {
                    meddling.deed(at).ifPresent(deed -> aside(one -> deed.accept(new Operator(one, run))));
                }
            }
        };
    }

    private void aside(Consumer<FunctionCall> work) {
        busy = true;
        try {
            calls.accept(work);
        } catch (Died _) {
            calls.accept(work);
        } finally {
            busy = false;
        }
    }
}
