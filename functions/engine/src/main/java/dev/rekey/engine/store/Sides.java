package dev.rekey.engine.store;

import dev.rekey.engine.plan.Side;

/** The tables of either side of a plan, in whatever account and region they are. */
@FunctionalInterface
public interface Sides {
    Tables of(Side side);
}
