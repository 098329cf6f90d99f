package dev.rekey.engine.proof;

import dev.rekey.engine.run.TaskTokens;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryFiles;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Sides;
import dev.rekey.engine.store.Tables;

/** One invocation of a function, the stores as it sees them, and the tasks that it can let go on. */
record FunctionCall(Invocation invocation, Objects objects, Tables tables, TaskTokens tokens) {
    Documents documents() {
        return new Documents(objects, invocation.backoff(), invocation.concurrency());
    }

    /** The tables, and the files in the bucket that plans call {@code files}. */
    Sides sides() {
        return Sides.of(_ -> tables, _ -> new InMemoryFiles("files", objects));
    }
}
