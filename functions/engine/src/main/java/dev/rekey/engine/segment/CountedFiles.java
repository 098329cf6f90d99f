package dev.rekey.engine.segment;

import dev.rekey.engine.store.FileAddress;
import dev.rekey.engine.store.Files;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests that read {@code files}. */
record CountedFiles(Files files, LongAdder reads) implements Files {
    @Override
    public Listed list(FileAddress prefix, Optional<String> startAfter) {
        return files.list(prefix, startAfter);
    }

    @Override
    public Optional<byte[]> read(FileVersion file, long from, int length) {
        reads.increment();
        return files.read(file, from, length);
    }
}
