package dev.rekey.cli.command;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.engine.analyze.ChangeList;
import dev.rekey.engine.analyze.Findings;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Copies the reports of a run out of the bucket. */
final class SavedReports {
    private static final String PAGE = ".html";
    private static final String JSON = ".json";
    private static final String LINES = ".jsonl";

    private final Documents documents;
    private final RunFolder run;
    private final SuggestedCommands commands;

    /** @param commands leads the commands of a page to the stack that the reports are of */
    SavedReports(Documents documents, RunId run, SuggestedCommands commands) {
        this.documents = documents;
        this.run = new RunFolder(run);
        this.commands = commands;
    }

    /** The report of one execution. */
    record Saved(String outcome, Instant endedAt, Pair files) {}

    /** A report for people and for programs. */
    record Pair(Path page, Path json) {
        static Pair of(String name, Path folder) {
            return new Pair(folder.resolve(name + PAGE), folder.resolve(name + JSON));
        }
    }

    /** Everything that lies in the folder of the reports; oldest report first. */
    List<Saved> save(Path folder) {
        var prefix = run.report("").name();
        var names = documents.list(prefix).stream()
                .map(key -> key.name().substring(prefix.length()))
                .toList();
        names.forEach(name -> write(folder.resolve(name), run.report(name)));
        return names.stream()
                .filter(name -> name.endsWith(PAGE))
                .map(name -> name.substring(0, name.length() - PAGE.length()))
                .flatMap(name -> saved(name, folder))
                .sorted(Comparator.comparing(Saved::endedAt))
                .toList();
    }

    /**
     * The report of one execution; empty if its page was not made, since the execution ended before.
     *
     * @param name without the end
     */
    Optional<Pair> save(String name, Path folder) {
        var files = Pair.of(name, folder);
        write(files.json(), run.report(name + JSON));
        return write(files.page(), run.report(name + PAGE)) ? Optional.of(files) : Optional.empty();
    }

    /** What the pages link to: findings, changes and differences, unpacked, one on each line. */
    List<Path> saveLines(Path folder) {
        var files = new ArrayList<Path>();
        var findings = Findings.all(run);
        documents.list(findings).stream()
                .collect(Collectors.groupingBy(key -> key.folderIn(findings), TreeMap::new, Collectors.toList()))
                .forEach((id, keys) ->
                        files.add(unpack(keys, folder.resolve("findings").resolve(id + LINES))));
        var changes = documents.list(ChangeList.prefix(run));
        if (!changes.isEmpty()) {
            files.add(unpack(changes, folder.resolve("changes" + LINES)));
        }
        var reports = run.report("").name();
        for (var key : documents.list(reports)) {
            var name = key.name().substring(reports.length());
            if (name.endsWith(LINES + ".gz")) {
                files.add(unpack(List.of(key), folder.resolve(name.substring(0, name.length() - ".gz".length()))));
            }
        }
        return files;
    }

    private Path unpack(List<ObjectKey> keys, Path file) {
        try {
            Files.createDirectories(file.getParent());
            try (var out = Files.newOutputStream(file)) {
                for (var key : keys) {
                    var stored = documents.bytes(key);
                    if (stored.isPresent()) {
                        try (var in = new GZIPInputStream(
                                new ByteArrayInputStream(stored.get().content()))) {
                            in.transferTo(out);
                        }
                    }
                }
            }
            return file;
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private Stream<Saved> saved(String name, Path folder) {
        return documents.find(run.report(name + JSON), RunReport.class).stream()
                .map(Documents.Versioned::value)
                .map(report ->
                        new Saved(report.ending().outcome(), report.subject().endedAt(), Pair.of(name, folder)));
    }

    /** Whether there is such an object. */
    private boolean write(Path file, ObjectKey key) {
        var found = documents.bytes(key);
        found.ifPresent(stored -> {
            try {
                Files.createDirectories(file.getParent());
                Files.write(file, file.toString().endsWith(PAGE) ? placed(stored.content()) : stored.content());
            } catch (IOException e) {
                throw failure(file, e);
            }
        });
        return found.isPresent();
    }

    /** Who saves a page knows where it is from; the functions that made it do not. */
    private byte[] placed(byte[] page) {
        return commands.inPage(new String(page, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    static CommandFailure failure(Path file, IOException e) {
        return CommandFailure.refused(
                "Cannot save " + file + ": " + e
                        + ". The reports are in the bucket. Check that the disk is not full and the folder is writable, or choose another with --output.");
    }
}
