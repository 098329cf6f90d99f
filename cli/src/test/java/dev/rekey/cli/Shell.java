package dev.rekey.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.cli.console.Console;
import dev.rekey.cli.console.Interruption;
import dev.rekey.cli.deployment.LocalStacks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Runs commands as from a shell and holds what they print. */
final class Shell {
    final FakeStack stack = new FakeStack();
    final ManualTime time = new ManualTime();
    private final Path directory;
    private final LocalStacks localStacks;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Optional<String> typed = Optional.empty();

    Shell(Path directory) {
        this(directory, settings -> {
            throw new AssertionError("no local stack is to be started: " + settings);
        });
    }

    Shell(Path directory, LocalStacks localStacks) {
        this.directory = directory;
        this.localStacks = localStacks;
    }

    /** Makes this a terminal, where a person types {@code text}. */
    Shell typing(String text) {
        typed = Optional.of(text);
        return this;
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
                new BufferedReader(new StringReader(typed.orElse(""))),
                new PrintWriter(out),
                new PrintWriter(err),
                typed.isPresent(),
                120);
        var environment = new Environment(
                console, directory, Optional.empty(), time, new Random(1), stack, localStacks, new Undisturbed());
        return RekeyCommand.run(environment, List.of(arguments));
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
        public void await() {}
    }
}
