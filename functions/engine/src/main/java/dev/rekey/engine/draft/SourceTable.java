package dev.rekey.engine.draft;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;

/** A table that a plan is drafted for. */
public record SourceTable(TableName name, TableShape shape) {}
