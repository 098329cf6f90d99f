package dev.rekey.engine.analyze;

import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;

/**
 * Old ids of records that have new ones, found in the target.
 *
 * @param table whose target holds them
 * @param path as a plan would write it
 * @param part as in {@link Undeclared}
 * @param family whose old ids they are
 * @param values how many there are
 * @param distinct how many of them are different
 * @param evidence as in {@link Undeclared}
 * @param estimated as in {@link Undeclared}
 */
public record StaleIds(
        TableName table,
        String path,
        int part,
        FamilyName family,
        long values,
        long distinct,
        Evidence evidence,
        boolean estimated) {}
