package dev.rekey.engine.proof;

/** The crash sweep over records of files that are searched by their keys: {@link ThroughExhibit}. */
final class ThroughOfFilesSweepTest extends CrashSweepContract {
    ThroughOfFilesSweepTest() {
        super(new FilesExhibit(new ThroughExhibit(false)));
    }
}
