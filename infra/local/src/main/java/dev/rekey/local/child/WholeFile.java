package dev.rekey.local.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is written whole or not at all: a process that is killed while it writes leaves the earlier file. */
final class WholeFile {
    /** The end of the name of a file that is still being written. */
    static final String UNFINISHED = ".new";

    private WholeFile() {}

    /** Replaces {@code file}; one writer at a time. */
    static void write(Path file, byte[] content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.write(next, content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
