package dev.rekey.ids;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that hold mappings. */
@FunctionalInterface
public interface MappingFiles {
    /**
     * The content of a file.
     *
     * @param name as the plan writes it: a relative path or an {@code s3://} address
     * @throws IOException if the file cannot be read
     */
    byte[] read(String name) throws IOException;

    /** Files below {@code folder}. */
    static MappingFiles in(Path folder) {
        return name -> Files.readAllBytes(folder.resolve(name));
    }
}
