package dev.rekey.ids;

import java.time.Duration;

/**
 * Is told how mappings are used, for the metrics of an application. Called by the thread that asks for an id, so it must
 * return at once and throw nothing.
 */
public interface IdMetrics {
    /** Counts nothing. */
    IdMetrics NONE = new IdMetrics() {};

    /** A call was answered by a mapping in memory. */
    default void hit(String family) {}

    /** A call found no mapping in memory, or one whose time to live was over. */
    default void miss(String family) {}

    /**
     * A mapping was loaded.
     *
     * @param entries number of old ids
     */
    default void loaded(String family, int entries, Duration took) {}

    /** A mapping could not be loaded. */
    default void failed(String family, Duration took) {}
}
