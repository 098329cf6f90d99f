package dev.rekey.engine.migrate;

import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.EarlierWrites;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One table whose records are copied.
 *
 * @param copying what a source record is copied as
 * @param writes what earlier runs of the plan wrote to the table
 */
public record CopiedTable(
        TablePlan plan,
        RecordMapping mapping,
        Function<Map<String, AttributeValue>, MappingOutcome> copying,
        EarlierWrites writes) {}
