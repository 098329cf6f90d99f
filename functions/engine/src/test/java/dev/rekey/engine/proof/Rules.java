package dev.rekey.engine.proof;

import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Tables;

/** Puts something between a worker and its stores that makes it break a rule; or nothing. */
@FunctionalInterface
interface Rules {
    /** Every rule is kept. */
    Rules KEPT = (_, objects, tables) -> new Stores(objects, tables);

    Stores with(Worker worker, Objects objects, Tables tables);

    /** The stores as a worker sees them. */
    record Stores(Objects objects, Tables tables) {}
}
