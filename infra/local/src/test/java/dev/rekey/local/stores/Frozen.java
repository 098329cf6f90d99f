package dev.rekey.local.stores;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process that stands still: what it has on the disk is what it would leave if it were killed at that moment. */
final class Frozen implements AutoCloseable {
    private final long process;

    private Frozen(long process) {
        this.process = process;
    }

    /** Stops the process; returns when all of its threads stand still. */
    static Frozen freeze(StoreProcess store) throws IOException, InterruptedException {
        var frozen = new Frozen(store.pid());
        frozen.signal("-STOP");
        while (!frozen.standsStill()) {
            Thread.sleep(1);
        }
        return frozen;
    }

    /** Copies a folder of the process. */
    void copy(Path folder, Path image) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                Files.copy(path, image.resolve(folder.relativize(path).toString()));
            }
        }
    }

    private boolean standsStill() throws IOException {
        Path threads = Path.of("/proc/" + process + "/task");
        if (!Files.isDirectory(threads)) {
            return output("ps", "-o", "state=", "-p", Long.toString(process)).startsWith("T");
        }
        try (Stream<Path> all = Files.list(threads)) {
            for (Path thread : all.toList()) {
                String state = Files.readString(thread.resolve("stat"));
                // The name before it is in parentheses and may hold anything.
                if (state.charAt(state.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
        }
        return true;
    }

    private void signal(String signal) throws IOException {
        output("kill", signal, Long.toString(process));
    }

    private static String output(String... command) throws IOException {
        var started =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        try (var output = started.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** Lets the process go on. */
    @Override
    public void close() throws IOException {
        signal("-CONT");
    }
}
