package dev.rekey.engine.migration;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Gzipped objects with a document on each line, as a broken bucket stores them. */
final class SpilledLines {
    private SpilledLines() {}

    /** The object without its lines that have {@code word} in them. */
    static byte[] without(String word, byte[] zipped) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(zipped));
                var bytes = new ByteArrayOutputStream()) {
            var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.contains(word))
                    .collect(Collectors.joining("\n"));
            try (var out = new GZIPOutputStream(bytes)) {
                out.write(lines.getBytes(StandardCharsets.UTF_8));
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
