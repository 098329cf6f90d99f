package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.cli.text.Columns;
import dev.rekey.cli.text.Numbers;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rekey runs}. */
@Command(name = "runs", description = "List the runs, oldest first.")
final class RunsCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    RunsCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (var deployment = environment.deployments().open(options.place(environment))) {
            var runs = new RunList(Buckets.documents(deployment, environment)).all();
            var out = environment.console().out();
            if (options.json()) {
                var document = JsonNodeFactory.instance.objectNode();
                var list = document.putArray("runs");
                runs.forEach(run -> list.add(run.json()));
                out.println(document.toPrettyString());
            } else if (runs.isEmpty()) {
                out.println("There are no runs in bucket " + deployment.bucket() + ".");
            } else {
                lines(runs).forEach(out::println);
            }
            out.flush();
            return 0;
        }
    }

    private static List<String> lines(List<RunSummary> runs) {
        var columns = new Columns("run", "plan", "action", "phase", "started", "records");
        for (var run : runs) {
            columns.row(
                    run.id().value(),
                    run.plan(),
                    run.action(),
                    run.phase() + (run.partlyRolledBack().isEmpty() ? "" : ", partly rolled back"),
                    run.started(),
                    Numbers.count(run.estimatedRecords()));
        }
        return columns.lines();
    }
}
