package dev.rekey.engine.proof;

/** The crash sweep over records that are merged and marked in place, on DynamoDB Local and S3Mock. */
final class RealMergesSweepTest extends RealCrashSweepContract {
    RealMergesSweepTest() {
        super(new MergesExhibit(true), "table: update"::equals);
    }
}
