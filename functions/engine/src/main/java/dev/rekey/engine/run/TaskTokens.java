package dev.rekey.engine.run;

/** Tasks of the workflow that wait until somebody returns their token. */
public interface TaskTokens {
    /**
     * Lets the task that waits for {@code token} go on.
     *
     * @return false if none waits for it any more: it went on already, or its execution has ended
     * @throws dev.rekey.engine.store.StoreException if there is no answer to work with; the task may or may not go on
     */
    boolean giveBack(TaskToken token);

    /** What a waiting task is known by. */
    record TaskToken(String value) {}
}
