package dev.rekey.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.cli.text.Console;
import dev.rekey.cli.text.Interruption;
import dev.rekey.cli.text.Wrapping;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Runs commands as from a shell and holds what they print. */
final class Shell {
    final FakeStack stack = new FakeStack();
    final ManualTime time = new ManualTime();
    final List<Path> opened = new ArrayList<>();
    private final Function<Console, Environment> machine;
    private final Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Optional<String> typed = Optional.empty();
    private Console.Output output = Console.Output.FILE;
    private int columns = 120;
    private int longest = Integer.MAX_VALUE;
    private Runnable meanwhile = () -> {};

    /** Of a machine whose only stack is {@link #stack}. */
    Shell(Path directory) {
        this.directory = directory;
        this.machine = console -> new Environment(
                new Environment.Terminal(console, new Undisturbed(), address -> opened.add(Path.of(address))),
                new Environment.Folders(directory, Optional.empty()),
                time,
                new Random(1),
                stack,
                settings -> {
                    throw new AssertionError("no local stack is to be started: " + settings);
                });
    }

    /** @param machine is seen through the console that it is given */
    Shell(Path directory, Function<Console, Environment> machine) {
        this.directory = directory;
        this.machine = machine;
    }

    /** Makes this a terminal, where a person types {@code text}. */
    Shell typing(String text) {
        typed = Optional.of(text);
        return this;
    }

    /** Makes standard output a terminal that shows colours. */
    Shell coloured() {
        output = Console.Output.COLOURED_TERMINAL;
        return this;
    }

    /** Makes standard output a terminal and wraps sentences in one, as the program itself does. */
    Shell wrapping(int width) {
        output = Console.Output.TERMINAL;
        columns = width;
        longest = Wrapping.COLUMNS;
        return this;
    }

    /** The same, and {@code others} happens before the person has typed it. */
    Shell typing(String text, Runnable others) {
        meanwhile = others;
        return typing(text);
    }

    void file(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var console = new Console(
                new BufferedReader(new StringReader(typed.orElse(""))) {
                    @Override
                    public String readLine() throws IOException {
                        meanwhile.run();
                        return super.readLine();
                    }
                },
                new PrintWriter(out),
                new PrintWriter(err),
                typed.isPresent(),
                output,
                () -> new Console.Screen(columns, 40),
                longest);
        return RekeyCommand.run(machine.apply(console), List.of(arguments));
    }

    /** What commands see that read and print nothing. */
    Environment environment() {
        return machine.apply(new Console(
                new BufferedReader(new StringReader("")),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                Console.Output.FILE,
                () -> new Console.Screen(columns, 40),
                longest));
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** Standard output, which must be one JSON document. */
    JsonNode json() {
        try {
            return new ObjectMapper()
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(out());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not one JSON document: " + out(), e);
        }
    }

    private static final class Undisturbed implements Interruption {
        @Override
        public Registration beforeTheEnd(Runnable last) {
            return () -> {};
        }

        @Override
        public <T> Optional<T> await(CompletionStage<T> other) {
            return Optional.empty();
        }
    }
}
