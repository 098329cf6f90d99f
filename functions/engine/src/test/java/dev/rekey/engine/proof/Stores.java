package dev.rekey.engine.proof;

import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Tables;
import java.util.SortedMap;

/** The tables and the bucket of a sweep. */
interface Stores {
    Tables tables();

    Objects objects();

    /** Every request of {@link #tables} and {@link #objects} goes by {@code interceptor}. */
    void intercept(Interceptor interceptor);

    /** Everything that they hold now, in memory. */
    MemoryStores held();

    /** Everything in the tables, as text: the same text exactly for the same content. */
    String dump();

    /** An execution comes to a state. */
    default void stateBegins() {}

    /** All objects by key whose keys begin with {@code prefix}. */
    SortedMap<String, byte[]> contents(String prefix);
}
