package dev.rekey.engine.proof;

/** The crash sweep over records that are created in a table that is changed in place. */
final class CreatedInPlaceSweepTest extends CreatedSweepContract {
    CreatedInPlaceSweepTest() {
        super(true);
    }
}
