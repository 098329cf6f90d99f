package dev.rekey.cli;

import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.cli.command.Environment;
import dev.rekey.cli.command.RekeyCommand;
import dev.rekey.cli.deployment.wiring.LocalFiles;
import dev.rekey.cli.deployment.wiring.Stacks;
import dev.rekey.cli.text.Colour;
import dev.rekey.cli.text.Console;
import dev.rekey.cli.text.Wrapping;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the process begins and ends: the one place that reads its surroundings and ends it. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var exitCode = RekeyCommand.run(environment(), List.of(arguments));
        System.exit(exitCode);
    }

    private static Environment environment() {
        var home = folder("rekey.home");
        var time = new SystemTime();
        var random = new SecureRandom();
        var files = new LocalFiles(home, folder("rekey.stores"), Path.of(System.getProperty("java.home")));
        var console = console(time);
        var stacks = new Stacks(variables(), files, time, random, console.err()::println);
        return new Environment(
                new Environment.Terminal(
                        console, new ProcessInterruption(), new SystemOpener(System.getProperty("os.name"))),
                new Environment.Folders(Path.of("").toAbsolutePath(), home),
                time,
                random,
                stacks,
                stacks);
    }

    /** Where no variable names the user, the system does. */
    private static Map<String, String> variables() {
        var variables = new HashMap<>(System.getenv());
        variables.putIfAbsent("USER", System.getProperty("user.name"));
        return variables;
    }

    private static Optional<Path> folder(String property) {
        return Optional.ofNullable(System.getProperty(property)).map(Path::of);
    }

    private static Console console(InstantSource time) {
        return new Console(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                isTerminal(),
                output(),
                new TerminalScreen(time),
                Wrapping.COLUMNS);
    }

    private static Console.Output output() {
        if (!"yes".equals(System.getProperty("rekey.output.terminal"))) {
            return Console.Output.FILE;
        }
        return Colour.areWanted(System.getenv()) ? Console.Output.COLOURED_TERMINAL : Console.Output.TERMINAL;
    }

    /** The launcher knows whether input and standard error are a terminal; Java knows only whether everything is. */
    private static boolean isTerminal() {
        var told = System.getProperty("rekey.terminal");
        if (told != null) {
            return told.equals("yes");
        }
        // Null where there is no terminal at all.
        return Optional.ofNullable(System.console())
                .filter(console -> console.isTerminal())
                .isPresent();
    }
}
