package dev.rekey.engine.log;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Key;

/**
 * Why an operation is done: a source record.
 *
 * @param key in the source
 * @param content of the record as it was read
 */
public record Origin(Key key, Digest content) {}
