package dev.rekey.cli.command;

import dev.rekey.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command in a process of its own, with a stack of its own, that can be killed. */
final class ChildCommand implements AutoCloseable {
    private static final int LONGEST_WAIT_SECONDS = 120;
    private static final int LONGEST_END_SECONDS = 10;

    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> said = new ArrayList<>();
    private final Thread reader;

    ChildCommand(Path directory, Path home, String... arguments) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = Stream.concat(
                Stream.of(
                        java,
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Drekey.terminal=no",
                        "-Drekey.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()),
                Stream.of(arguments));
        process = new ProcessBuilder(command.toList())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        reader = Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } catch (IOException e) {
            lines.add("not readable: " + e);
        }
    }

    /** The id of the run that the command says it has begun. */
    String run() throws InterruptedException {
        return line("\\w+: run .*").replaceFirst(".*run ", "");
    }

    /** Waits for a line that is like {@code pattern}. */
    String line(String pattern) throws InterruptedException {
        while (true) {
            var line = lines.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("no line is like " + pattern + ": " + said);
            }
            said.add(line);
            if (line.matches(pattern)) {
                return line;
            }
        }
    }

    /** As {@code kill -9} does with the whole process group: the command and its stores at once. */
    void kill() {
        var all = Stream.concat(process.toHandle().descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }

    /** As Ctrl-C does: the command may say something before it ends. Returns all that it said. */
    String interrupt() throws InterruptedException {
        process.toHandle().destroy();
        process.waitFor();
        reader.join();
        lines.drainTo(said);
        return String.join("\n", said);
    }

    /** Kills the store whose command has {@code word}, and returns all that the command says until it ends by itself. */
    String loses(String word) throws InterruptedException {
        var store = process.toHandle()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains(word))
                .findFirst()
                .orElseThrow();
        store.destroyForcibly();
        if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the command goes on without its store: " + lines);
        }
        reader.join();
        lines.drainTo(said);
        return String.join("\n", said);
    }

    int exitCode() {
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        kill();
    }
}
