package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * Old ids of records that have new ones, found in the target.
 *
 * @param at where they stand; in the document, its fields stand beside the others
 * @param values how many there are
 * @param distinct how many of them are different
 * @param evidence as in {@link Undeclared}
 * @param estimated as in {@link Undeclared}
 */
public record StaleIds(@JsonUnwrapped IdPlace at, long values, long distinct, Evidence evidence, boolean estimated) {}
