package dev.rekey.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the process begins and ends: the one place that reads its surroundings and ends it. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var environment = new Environment(
                System.in,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                System.getenv(),
                Optional.ofNullable(System.getProperty("rekey.home")).map(Path::of));
        var exitCode = RekeyCommand.run(environment, List.of(arguments));
        System.exit(exitCode);
    }
}
