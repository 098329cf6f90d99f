package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.undo.IdMapping;
import dev.rekey.engine.undo.UndoLog;
import java.io.IOException;
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

    @Option(names = "--ids", description = "Also save the old and new id of every record as CSV.")
    private boolean ids;

    @Option(names = "--open", description = "Open the newest page in a browser.")
    private boolean open;

    ReportCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (var deployment = environment.deployments().openToRead(options.place(environment))) {
            var known = KnownRun.find(deployment, environment, "report on", run);
            var folder = environment
                    .directory()
                    .resolve(output.orElseGet(
                            () -> options.data(environment).resolve("reports").resolve(run)))
                    .normalize();
            var saved = new SavedReports(Buckets.documents(deployment, environment), known.id()).save(folder);
            if (saved.isEmpty()) {
                throw CommandFailure.usage("Cannot report on run " + run
                        + ": none of its executions has ended yet. Nothing was saved. Follow it with: rekey status --run "
                        + run + " --watch.");
            }
            var mapping = ids ? Optional.of(mapping(deployment, known, folder)) : Optional.<Path>empty();
            show(saved, mapping);
            if (open && !environment.opener().open(saved.getLast().page())) {
                environment.console().err().println("No program was found to open it. Open the file in a browser.");
            }
            return 0;
        }
    }

    /** One line at a time: a run may have millions of records. */
    private Path mapping(Deployment deployment, KnownRun known, Path folder) {
        var file = folder.resolve("ids.csv");
        var documents = Buckets.documents(deployment, environment);
        var run = new RunFolder(known.id());
        var merges = FrozenMerges.find(documents, run).orElse(FrozenMerges.NONE);
        try (var out = Files.newBufferedWriter(file)) {
            new IdMapping(new UndoLog(documents, run), known.manifest(), merges).write(out);
            return file;
        } catch (IOException e) {
            throw SavedReports.failure(file, e);
        }
    }

    private void show(List<SavedReports.Saved> saved, Optional<Path> mapping) {
        var out = environment.console().out();
        if (options.json()) {
            var document = JsonNodeFactory.instance.objectNode().put("run", run);
            var list = document.putArray("reports");
            saved.forEach(one -> list.addObject()
                    .put("outcome", one.outcome())
                    .put("endedAt", one.endedAt().toString())
                    .put("page", one.page().toString())
                    .put("json", one.json().toString()));
            mapping.ifPresent(file -> document.put("ids", file.toString()));
            out.println(document.toPrettyString());
        } else {
            saved.forEach(one -> out.println("%-10s  %s".formatted(one.outcome(), one.page())));
            mapping.ifPresent(file -> out.println("%-10s  %s".formatted("ids", file)));
        }
        out.flush();
    }
}
