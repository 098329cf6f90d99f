package dev.rekey.engine.proof;

/** The crash sweep over records of files that are searched by their keys: {@link MergesExhibit}. */
final class MergesOfFilesSweepTest extends CrashSweepContract {
    MergesOfFilesSweepTest() {
        super(new FilesExhibit(new MergesExhibit(false)));
    }
}
