package dev.rekey.engine.store;

import dev.rekey.core.plan.Side;
import java.util.function.Function;

/** The tables and files of either side of a plan, in whatever account and region they are. */
@FunctionalInterface
public interface Sides {
    Tables of(Side side);

    /** @throws StoreException if there are only tables */
    default Files files(Side side) {
        throw new StoreException(
                StoreException.Kind.MISSING,
                "Cannot read %s: there is no store of files here. Nothing was changed. Name tables instead."
                        .formatted(side.location().template()));
    }

    /** Both. */
    static Sides of(Function<Side, ? extends Tables> tables, Function<Side, ? extends Files> files) {
        return new Sides() {
            @Override
            public Tables of(Side side) {
                return tables.apply(side);
            }

            @Override
            public Files files(Side side) {
                return files.apply(side);
            }
        };
    }
}
