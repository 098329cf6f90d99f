package dev.rekey.local;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

/** What functions and endpoints log: a line each with its time. An older file is replaced. */
final class LogFile implements Consumer<String>, AutoCloseable {
    private final PrintWriter writer;
    private final InstantSource clock;

    private LogFile(PrintWriter writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
    }

    static LogFile open(Path path, InstantSource clock) throws IOException {
        return new LogFile(new PrintWriter(Files.newBufferedWriter(path)), clock);
    }

    @Override
    public synchronized void accept(String line) {
        writer.println(clock.instant() + " " + line.stripTrailing());
        writer.flush();
    }

    @Override
    public synchronized void close() {
        writer.close();
    }
}
