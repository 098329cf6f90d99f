package dev.rekey.engine.segment;

/**
 * Sizes of records in bytes.
 *
 * @param min exact
 * @param median at most 1.6 % more than the exact one
 * @param p99 at most 1.6 % more than the exact one
 * @param max exact
 */
public record Sizes(long min, long median, long p99, long max) {}
