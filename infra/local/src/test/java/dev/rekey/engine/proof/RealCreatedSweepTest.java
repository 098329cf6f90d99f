package dev.rekey.engine.proof;

/** The crash sweep over parents that are created in a table that is changed in place, on DynamoDB Local and S3Mock. */
final class RealCreatedSweepTest extends RealCrashSweepContract {
    RealCreatedSweepTest() {
        super(new CreatedExhibit(true), "table: put"::equals);
    }
}
