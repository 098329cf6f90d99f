package dev.rekey.engine.proof;

/** The crash sweep over records that are created in a copy. */
final class CreatedSweepTest extends CreatedSweepContract {
    CreatedSweepTest() {
        super(false);
    }
}
