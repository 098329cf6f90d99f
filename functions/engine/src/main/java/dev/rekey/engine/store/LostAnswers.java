package dev.rekey.engine.store;

import java.util.function.Supplier;

/**
 * Whether the answer to a write of a page was lost, so that the write may still be under way when the page is given up.
 * Then it does not matter what ended the page: the lease has to stay until the write is over.
 */
public final class LostAnswers {
    private volatile boolean any;

    public void note() {
        any = true;
    }

    /**
     * The result of {@code writes}.
     *
     * @throws StoreException of kind UNAVAILABLE, whatever {@code writes} threw, if an answer was lost before
     */
    public <T> T guard(Supplier<T> writes) {
        try {
            return writes.get();
        } catch (StoreException e) {
            throw any && e.kind() != StoreException.Kind.UNAVAILABLE
                    ? new StoreException(StoreException.Kind.UNAVAILABLE, e.getMessage(), e)
                    : e;
        }
    }
}
