package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.engine.log.IdList;
import dev.rekey.engine.log.MappedIds;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.status.KnownRun;
import dev.rekey.engine.store.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey report}. */
@Command(
        name = "report",
        description = "Save the reports of a run as files: HTML pages and JSON.",
        footer = "  rekey report --run RUN --open")
final class ReportCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "The run's id.")
    private String run;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Folder for the files (default: reports/RUN in the folder of --data).")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--ids", description = "Also save the old and new id of every record as CSV and as JSON.")
    private boolean ids;

    @Option(
            names = "--all",
            description = "Also save what the pages link to: all findings, changes, differences and ids.")
    private boolean all;

    @Option(names = "--open", description = "Open the newest page in a browser.")
    private boolean open;

    ReportCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (var deployment = environment.deployments().openToRead(options.place(environment))) {
            var known =
                    KnownRun.find(Buckets.documents(deployment, environment), deployment.bucket(), "report on", run);
            var folder = environment
                    .directory()
                    .resolve(output.orElseGet(() -> OutputFolder.usual(environment, options, known.id())))
                    .normalize();
            var reports = new SavedReports(Buckets.documents(deployment, environment), known.id(), options.commands());
            var saved = reports.save(folder);
            if (saved.isEmpty()) {
                throw CommandFailure.usage("Cannot report on run " + run
                        + ": none of its executions has ended yet. Nothing was saved. Follow it with: rekey status --run "
                        + run + " --watch.");
            }
            var ofIds = ids || all ? mapping(deployment, known, folder) : List.<Path>of();
            var lines = all ? reports.saveLines(folder) : List.<Path>of();
            show(saved, ofIds, lines);
            if (open
                    && !environment.opener().open(saved.getLast().files().page().toString())) {
                environment.console().tell("No program was found to open it. Open the file in a browser.");
            }
            return 0;
        }
    }

    /** One line at a time: a run may have millions of records. */
    private List<Path> mapping(Deployment deployment, KnownRun known, Path folder) {
        var csv = folder.resolve("ids.csv");
        var json = folder.resolve("ids.jsonl");
        var documents = Buckets.documents(deployment, environment);
        var run = new RunFolder(known.id());
        var merges = FrozenMerges.find(documents, run).orElse(FrozenMerges.NONE);
        try (var lines = Files.newBufferedWriter(csv);
                var objects = Files.newBufferedWriter(json)) {
            lines.append(MappedIds.heading());
            new IdList(new UndoLog(documents, run), known.manifest(), merges).each(record -> {
                try {
                    lines.append(record.line());
                    objects.append(Documents.tree(record).toString()).append('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return List.of(csv, json);
        } catch (UncheckedIOException e) {
            throw SavedReports.failure(csv, e.getCause());
        } catch (IOException e) {
            throw SavedReports.failure(csv, e);
        }
    }

    private void show(List<SavedReports.Saved> saved, List<Path> ids, List<Path> lines) {
        var out = environment.console().out();
        if (options.json()) {
            var document = JsonNodeFactory.instance.objectNode().put("run", run);
            var list = document.putArray("reports");
            saved.forEach(one -> list.addObject()
                    .put("outcome", one.outcome())
                    .put("endedAt", one.endedAt().toString())
                    .put("page", one.files().page().toString())
                    .put("json", one.files().json().toString()));
            if (!ids.isEmpty()) {
                document.put("ids", ids.getFirst().toString());
                document.put("exactIds", ids.getLast().toString());
            }
            if (all) {
                var files = document.putArray("lines");
                lines.forEach(file -> files.add(file.toString()));
            }
            out.println(document.toPrettyString());
        } else {
            saved.forEach(one ->
                    out.println("%-10s  %s".formatted(one.outcome(), one.files().page())));
            ids.forEach(file -> out.println("%-10s  %s".formatted("ids", file)));
            lines.forEach(file -> out.println("%-10s  %s".formatted("lines", file)));
        }
        out.flush();
    }
}
