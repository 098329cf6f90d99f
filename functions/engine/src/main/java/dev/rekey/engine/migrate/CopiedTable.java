package dev.rekey.engine.migrate;

import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.join.EarlierWrites;

/**
 * One table whose records are copied.
 *
 * @param writes what earlier runs of the plan wrote to the table
 */
public record CopiedTable(TablePlan plan, RecordMapping mapping, EarlierWrites writes) {}
