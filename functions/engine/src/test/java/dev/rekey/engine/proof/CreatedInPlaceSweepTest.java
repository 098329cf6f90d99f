package dev.rekey.engine.proof;

import java.util.function.UnaryOperator;

/** The crash sweep over records that are created in a table that is changed in place. */
final class CreatedInPlaceSweepTest extends CreatedSweepContract {
    CreatedInPlaceSweepTest() {
        super(true);
    }

    /** An attempt that finds what an earlier one wrote logs what that one found as well. */
    @Override
    UnaryOperator<Whole> compared() {
        return Whole::withoutAttempts;
    }
}
