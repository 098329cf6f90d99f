package dev.rekey.local.stores;

import java.util.Map;
import java.util.Random;

/** A store that several threads write to until it is killed. */
interface WrittenStore extends AutoCloseable {
    /**
     * Makes one request that writes.
     *
     * @param claims hears of it before and after
     * @param writer whose keys are written
     * @throws RuntimeException if there was no answer
     */
    void write(Claims claims, Random random, int writer);

    /** Deletes what everybody creates; nobody must write meanwhile. */
    void deleteOnce(Claims claims);

    /** All that is stored; fails if a content is not one that was written. */
    Map<String, Integer> read();

    @Override
    void close();
}
