package dev.rekey.engine.analyze;

import dev.rekey.engine.plan.TableName;

/**
 * A record that cannot be migrated as the plan says.
 *
 * @param id stable, such as {@code mapping.wrong-type}
 * @param path attribute or reference path
 * @param record key of the record, as DynamoDB JSON
 */
public record Finding(String id, TableName table, String path, String message, String record) {}
