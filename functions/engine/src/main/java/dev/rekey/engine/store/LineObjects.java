package dev.rekey.engine.store;

import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Documents, one on each line, in as many gzipped objects as it takes: each but the last has {@value #LINES}, so that
 * the memory it takes has a bound, however many there are.
 */
public final class LineObjects {
    private static final int LINES = 100_000;

    private final Documents documents;
    private final String prefix;
    private GzippedLines open = new GzippedLines();
    private int written;

    /** @param prefix of the objects' keys, which end with {@code 00000.jsonl.gz}, {@code 00001.jsonl.gz} and so on */
    public LineObjects(Documents documents, String prefix) {
        this.documents = documents;
        this.prefix = prefix;
    }

    public void add(Object document) {
        if (open.count() == LINES) {
            end();
            open = new GzippedLines();
        }
        open.add(document);
    }

    /** Where the lines of so many objects lie. */
    public static List<ObjectKey> keys(String prefix, int objects) {
        return IntStream.range(0, objects)
                .mapToObj(number -> key(prefix, number))
                .toList();
    }

    private static ObjectKey key(String prefix, int number) {
        return new ObjectKey("%s%05d.jsonl.gz".formatted(prefix, number));
    }

    /** Writes the last object, which is empty if nothing was added. */
    public void end() {
        documents.putBytes(key(prefix, written++), open.bytes());
    }

    /** How many objects are written. */
    public int written() {
        return written;
    }
}
