package dev.rekey.engine.proof;

import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Tables;
import java.util.function.UnaryOperator;

/** What is done to stores in memory, so that they answer wrongly. */
record Doctored(UnaryOperator<Tables> tables, UnaryOperator<Objects> objects) {
    static final Doctored NOT = new Doctored(tables -> tables, objects -> objects);
}
