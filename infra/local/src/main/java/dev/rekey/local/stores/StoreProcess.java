package dev.rekey.local.stores;

import dev.rekey.local.child.StoreNote;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** A store that runs as a child of this process and ends with it, however this process ends. */
public final class StoreProcess implements AutoCloseable {
    private static final int QUOTED_LINES = 15;
    private static final Duration END = Duration.ofMillis(1_500);

    private final StoreProgram program;
    private final Process process;
    private final List<StoreNote> notes = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> port = new CompletableFuture<>();

    private StoreProcess(StoreProgram program, Process process) {
        this.program = program;
        this.process = process;
    }

    /**
     * Starts the program; returns at once.
     *
     * @param javaHome the JDK or JRE to run it with
     */
    public static StoreProcess launch(StoreProgram program, Path javaHome) throws StoreFailedException {
        for (Path folder : program.libraries()) {
            if (!Files.isDirectory(folder)) {
                throw new StoreFailedException("Cannot start " + program.name() + ": the folder does not exist: "
                        + folder + ". Nothing was started. Build it with ./mvnw -pl infra/stores process-resources.");
            }
        }
        try {
            Process process = new ProcessBuilder(program.command(javaHome))
                    .redirectError(program.log().toFile())
                    .start();
            StoreProcess store = new StoreProcess(program, process);
            Thread.ofVirtual().name(program.name() + " port").start(store::readUntilItAnswers);
            return store;
        } catch (IOException failed) {
            throw new StoreFailedException(
                    "Cannot start " + program.name() + ": " + failed.getMessage()
                            + ". Nothing was started. Check the JDK under " + javaHome + " and free memory.",
                    failed);
        }
    }

    /**
     * Waits until the store answers.
     *
     * @return the port it listens on, on 127.0.0.1
     */
    public int awaitPort(Duration limit) throws StoreFailedException, InterruptedException {
        try {
            String line = port.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (line.isEmpty()) {
                throw failed("its process ended with code " + process.waitFor());
            }
            return Integer.parseInt(line);
        } catch (TimeoutException late) {
            throw failed("it did not answer within " + limit.toSeconds() + " s");
        } catch (ExecutionException unreadable) {
            throw failed("its output cannot be read");
        }
    }

    /** What the store found out about its data while it started; all of it once {@link #awaitPort} has returned. */
    public List<StoreNote> notes() {
        return List.copyOf(notes);
    }

    /** Calls {@code listener} with the exit code once the process has ended. */
    public void onEnd(IntConsumer listener) {
        // The stage cannot fail, and nothing waits for it.
        var _ = process.onExit().thenAccept(ended -> listener.accept(ended.exitValue()));
    }

    public String name() {
        return program.name();
    }

    public Path log() {
        return program.log();
    }

    public long pid() {
        return process.pid();
    }

    /** Ends the process: asks by closing its standard input, and kills it when it is still there after 1.5 s. */
    @Override
    public void close() {
        end(END);
    }

    /** The same, with another limit. */
    void end(Duration limit) {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // The pipe is broken because the process has ended already: the wait below sees that.
            process.destroy();
        }
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void readUntilItAnswers() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            for (var note = parse(line); note.isPresent(); note = parse(line)) {
                notes.add(note.get());
                line = output.readLine();
            }
            port.complete(line == null ? "" : line);
        } catch (IOException unreadable) {
            port.completeExceptionally(unreadable);
        }
    }

    private static Optional<StoreNote> parse(String line) {
        return line == null ? Optional.empty() : StoreNote.parse(line);
    }

    private StoreFailedException failed(String fact) {
        return new StoreFailedException("Cannot start " + program.name() + ": " + fact + ". Stored data is unchanged."
                + " Read its log, " + program.log() + ", which ends:\n" + endOfLog());
    }

    private String endOfLog() {
        try {
            // Without stack frames: the reasons stand between them.
            List<String> lines = Files.readAllLines(program.log(), StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.startsWith("\t"))
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(unreadable: " + unreadable.getMessage() + ")";
        }
    }
}
