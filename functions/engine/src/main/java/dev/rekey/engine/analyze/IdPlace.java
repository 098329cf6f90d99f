package dev.rekey.engine.analyze;

import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;

/**
 * Where ids of a family stand.
 *
 * @param table that holds them
 * @param path as a plan would write it
 * @param part which part of a composite string such as {@code TENANT#7#ORDER#9} they are, from 1; 0 if they are whole
 *     values
 * @param family whose ids they are
 */
public record IdPlace(TableName table, String path, int part, FamilyName family) {}
