package dev.rekey.engine.draft;

import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.table.TableShape;

/** A table that a plan is drafted for. */
public record SourceTable(TableName name, TableShape shape) {}
