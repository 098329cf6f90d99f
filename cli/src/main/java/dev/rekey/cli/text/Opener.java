package dev.rekey.cli.text;

import java.nio.file.Path;

/** Shows a file to the person at the machine, with the program that the system has for it. */
@FunctionalInterface
public interface Opener {
    /** @return false if the system has no such program */
    boolean open(Path file);
}
