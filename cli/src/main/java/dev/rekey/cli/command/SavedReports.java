package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Copies the reports of a run out of the bucket. */
final class SavedReports {
    private static final String PAGE = ".html";

    private final Documents documents;
    private final RunFolder run;

    SavedReports(Documents documents, RunId run) {
        this.documents = documents;
        this.run = new RunFolder(run);
    }

    /** The report of one execution. */
    record Saved(String outcome, Instant endedAt, Path page, Path json) {}

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

    private Stream<Saved> saved(String name, Path folder) {
        return documents.find(run.report(name + ".json"), JsonNode.class).stream()
                .map(Documents.Versioned::value)
                .map(report -> new Saved(
                        report.path("outcome").asText(),
                        Instant.parse(report.path("endedAt").asText()),
                        folder.resolve(name + PAGE),
                        folder.resolve(name + ".json")));
    }

    private void write(Path file, ObjectKey key) {
        documents.bytes(key).ifPresent(stored -> {
            try {
                Files.createDirectories(file.getParent());
                Files.write(file, stored.content());
            } catch (IOException e) {
                throw failure(file, e);
            }
        });
    }

    static CommandFailure failure(Path file, IOException e) {
        return CommandFailure.refused(
                "Cannot save " + file + ": " + e
                        + ". The reports are in the bucket. Check that the disk is not full and the folder is writable, or choose another with --output.");
    }
}
