package dev.rekey.engine.proof;

/** The crash sweep over records of files that are searched by their keys: {@link CreatedExhibit}. */
final class CreatedOfFilesSweepTest extends CrashSweepContract {
    CreatedOfFilesSweepTest() {
        super(new FilesExhibit(new CreatedExhibit(false)));
    }
}
