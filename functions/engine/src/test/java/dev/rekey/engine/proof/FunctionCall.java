package dev.rekey.engine.proof;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.scan.ScannedTable;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Tables;

/** One invocation of a function, and the stores as it sees them. */
record FunctionCall(Invocation invocation, Objects objects, Tables tables) {
    Documents documents() {
        return new Documents(objects, invocation.backoff(), invocation.concurrency());
    }

    ScannedTable scan(PhysicalTable table) {
        return new ScannedTable(tables, table, true, invocation.backoff());
    }
}
