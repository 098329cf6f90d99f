package dev.rekey.engine.store;

/**
 * Sees every request to an in-memory store. What it throws, the caller of the store gets; a {@link StoreException} of a
 * conditional write becomes the outcome that the real store would give.
 */
public interface Interceptor {
    /** Before the request has any effect. */
    void before(Call call);

    /** After the request took effect and before its answer is given. */
    void after(Call call);

    /** An interceptor that does nothing. */
    static Interceptor none() {
        return new Interceptor() {
            @Override
            public void before(Call call) {}

            @Override
            public void after(Call call) {}
        };
    }

    /**
     * One request.
     *
     * @param name the method's name
     * @param on name of the table, or the object's key or prefix
     */
    record Call(String name, String on) {}
}
