package dev.rekey.engine.report;

import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.verify.NotedDifferences;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All that a verification noted of single records, in one file beside the report, or in several where that would be too
 * large for memory. Gzip allows to put one file behind the other, so nothing is unpacked.
 */
final class DifferenceFiles {
    private static final int MOST_BYTES = 32 * 1024 * 1024;

    private final Documents documents;
    private final RunContext run;
    private final String name;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private final List<String> written = new ArrayList<>();

    /** @param name of the report */
    DifferenceFiles(Documents documents, RunContext run, String name) {
        this.documents = documents;
        this.run = run;
        this.name = name;
    }

    /**
     * Writes the files: failures of all levels first.
     *
     * @return the keys of the files; none if there are no differences
     */
    List<String> write(RunId task) {
        var levels = IntStream.rangeClosed(1, run.manifest().levels().size())
                .mapToObj(level -> new NotedDifferences(documents, run.folder(), task, level))
                .toList();
        var keys = Stream.concat(
                        levels.stream().flatMap(level -> level.failures().stream()),
                        levels.stream().flatMap(level -> level.notes().stream()))
                .toList();
        for (int from = 0; from < keys.size(); from += Invocation.REQUESTS_AT_ONCE) {
            var some = keys.subList(from, Math.min(keys.size(), from + Invocation.REQUESTS_AT_ONCE));
            documents
                    .each(some, key -> documents.bytes(key).orElseThrow().content())
                    .forEach(this::add);
        }
        close();
        return List.copyOf(written);
    }

    private void add(byte[] gzipped) {
        if (open.size() + gzipped.length > MOST_BYTES) {
            close();
        }
        open.writeBytes(gzipped);
    }

    private void close() {
        if (open.size() > 0) {
            var number = written.isEmpty() ? "" : "-" + (written.size() + 1);
            ObjectKey key = run.folder().report(name + "-differences" + number + ".jsonl.gz");
            documents.putBytes(key, open.toByteArray());
            written.add(key.name());
            open.reset();
        }
    }
}
