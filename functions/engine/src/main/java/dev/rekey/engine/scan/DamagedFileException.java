package dev.rekey.engine.scan;

import java.io.IOException;

/** A file cannot be unpacked. */
final class DamagedFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DamagedFileException(IOException cause) {
        super("cannot be read: " + cause.getMessage(), cause);
    }
}
