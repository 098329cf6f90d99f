package dev.rekey.engine.proof;

/** The crash sweep over tables that are changed in place, on DynamoDB Local and S3Mock. */
final class RealInPlaceSweepTest extends RealCrashSweepContract {
    RealInPlaceSweepTest() {
        super(new InPlaceExhibit(), "table: update"::equals);
    }
}
