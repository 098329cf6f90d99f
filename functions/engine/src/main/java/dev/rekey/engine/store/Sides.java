package dev.rekey.engine.store;

import dev.rekey.core.plan.Side;

/** The tables of either side of a plan, in whatever account and region they are. */
@FunctionalInterface
public interface Sides {
    Tables of(Side side);
}
