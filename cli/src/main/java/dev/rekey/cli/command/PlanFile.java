package dev.rekey.cli.command;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plan that lies in a file here.
 *
 * @param text as its author wrote it
 * @param parameters values in place of those in the text
 */
record PlanFile(Path path, String text, Map<String, String> parameters, PlanReading.Valid reading) {

    /**
     * Reads and checks a plan before anything is started.
     *
     * @param verb what cannot be done without the plan, such as {@code migrate}
     * @throws CommandFailure if there is no such file
     * @throws UnfitPlan with all problems of the plan
     */
    static PlanFile read(Environment environment, String verb, Path file) {
        return read(environment, verb, file, Map.of());
    }

    /** The same with other values of the plan's parameters. */
    static PlanFile read(Environment environment, String verb, Path file, Map<String, String> parameters) {
        var path = environment.directory().resolve(file);
        var text = text(verb, file, path);
        return switch (PlanReader.read(text, parameters)) {
            case PlanReading.Valid valid -> new PlanFile(path, text, parameters, valid);
            case PlanReading.Invalid(var problems) -> throw new UnfitPlan(verb, file, problems);
        };
    }

    /**
     * The files that the plan names and that lie here, by name.
     *
     * @param verb what cannot be done without them
     * @throws CommandFailure if one cannot be read
     */
    Map<String, byte[]> files(String verb) {
        var files = new TreeMap<String, byte[]>();
        for (var file : reading.plan().files()) {
            if (!file.file().startsWith("s3://")) {
                files.put(file.file(), bytes(verb, file.file()));
            }
        }
        return files;
    }

    /**
     * A file that a mapping of the plan names and that lies here.
     *
     * @throws CommandFailure if it cannot be read
     */
    byte[] bytes(String verb, String name) {
        var file = path.resolveSibling(name);
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw unreadable(
                    verb, path.getFileName(), "it names a mapping that is not there, " + file, "Check the name", e);
        } catch (IOException e) {
            throw unreadable(
                    verb, path.getFileName(), "its mapping " + file + " cannot be read: " + e, "Check the file", e);
        }
    }

    private static String text(String verb, Path file, Path path) {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw unreadable(verb, file, "the file does not exist: " + path, "Check the path", e);
        } catch (CharacterCodingException e) {
            throw unreadable(verb, file, "it is not UTF-8 text", "Save it as YAML or JSON in UTF-8", e);
        } catch (IOException e) {
            if (Files.isDirectory(path)) {
                throw unreadable(verb, file, path + " is a directory", "Name the plan's file", e);
            }
            throw unreadable(verb, file, "it cannot be read: " + e, "Check that it is a readable file", e);
        }
    }

    private static CommandFailure unreadable(String verb, Path file, String fact, String next, IOException cause) {
        return new CommandFailure(
                ExitCode.USAGE,
                "PlanNotReadable",
                "Cannot " + verb + " " + file + ": " + fact + ". Nothing was started. " + next + " and run it again.",
                cause);
    }
}
