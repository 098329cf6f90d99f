package dev.rekey.engine.store;

import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;

/** A gzipped object with one document on each line, in the making. */
public final class GzippedLines {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final FastGzip zipped;
    private final SequenceWriter lines;
    private int count;

    public GzippedLines() {
        try {
            zipped = new FastGzip(bytes);
            lines = Documents.lines(zipped);
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    public static byte[] of(Collection<?> documents) {
        var lines = new GzippedLines();
        documents.forEach(lines::add);
        return lines.bytes();
    }

    public void add(Object document) {
        try {
            lines.write(document);
            count++;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    public int count() {
        return count;
    }

    /** Ends the object: nothing can be added afterwards. */
    public byte[] bytes() {
        try {
            lines.flush();
            if (count > 0) {
                zipped.write('\n');
            }
            lines.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    private static UncheckedIOException inMemory(IOException e) {
        return new UncheckedIOException("writing to memory", e);
    }
}
