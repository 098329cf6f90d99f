package dev.rekey.functions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes the jars of a folder anew without compression, with the same entries in the same order. Lambda unpacks the jar that
 * it is given once, and not the libraries in it: what is compressed there would be unpacked in every cold start.
 */
final class Store {
    private Store() {}

    public static void main(String[] arguments) throws IOException {
        try (var jars = Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
            for (var jar : jars) {
                store(jar);
            }
        }
    }

    private static void store(Path jar) throws IOException {
        var stored = jar.resolveSibling(jar.getFileName() + ".stored");
        try (var from = new ZipFile(jar.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(stored))) {
            for (var entry : Collections.list(from.entries())) {
                var same = new ZipEntry(entry);
                same.setMethod(ZipEntry.STORED);
                same.setCompressedSize(entry.getSize());
                to.putNextEntry(same);
                from.getInputStream(entry).transferTo(to);
                to.closeEntry();
            }
        }
        Files.move(stored, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}
