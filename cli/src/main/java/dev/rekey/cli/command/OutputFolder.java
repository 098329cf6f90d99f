package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.deployment.Lifetime;
import dev.rekey.engine.run.RunId;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** For commands whose report is saved as files when they end. */
final class OutputFolder {
    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Save the report there as JSON and as a page (default with a local stack: reports/RUN in the"
                    + " folder of --data; otherwise it stays in the bucket).")
    private Optional<Path> given = Optional.empty();

    private boolean several;

    /** Several runs are saved: each in a folder of its own, as their reports have the same names. */
    OutputFolder ofSeveralRuns() {
        several = true;
        return this;
    }

    /** Empty if the report is not to be saved. */
    Optional<Path> of(Environment environment, CommonOptions options, Deployment deployment, RunId run) {
        return given.map(environment.directory()::resolve)
                .map(folder -> several ? folder.resolve(run.value()) : folder)
                .or(() -> Optional.of(usual(environment, options, run))
                        .filter(_ -> deployment.lifetime() != Lifetime.CLOUD))
                .map(Path::normalize);
    }

    /** Where the reports of a run are saved if nothing else is said. */
    static Path usual(Environment environment, CommonOptions options, RunId run) {
        return options.data(environment).resolve("reports").resolve(run.value());
    }
}
