package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.text.Columns;
import dev.rekey.cli.text.Numbers;
import dev.rekey.cli.text.PastRunText;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.PlanName;
import dev.rekey.engine.status.PastRun;
import dev.rekey.engine.status.PlanHistory;
import dev.rekey.engine.status.RunList;
import dev.rekey.engine.status.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey runs}. */
@Command(
        name = "runs",
        description = "List the runs, oldest first; with --plan, the history of one plan.",
        footer = "  rekey runs --plan staging-to-production")
final class RunsCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(
            names = "--plan",
            paramLabel = "NAME",
            description = "Show the runs of the plan with this name: options, executions, outcomes, counts, blockers.")
    private Optional<String> plan = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "Show the newest N runs only.")
    private Optional<Integer> limit = Optional.empty();

    RunsCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        int most = most();
        try (var deployment = environment.deployments().openToRead(options.place(environment))) {
            var documents = Buckets.documents(deployment, environment);
            if (plan.isPresent()) {
                var runs = new PlanHistory(documents, deployment.workflow()).of(new PlanName(plan.get()), most);
                show(
                        runs.stream().map(PastRun::json).toList(),
                        history(runs),
                        "There are no runs of plan " + plan.get() + " in bucket " + deployment.bucket() + ".");
            } else {
                var runs = new RunList(documents)
                        .newest(most).stream()
                                .map(run -> run.lookedAt(deployment.workflow()))
                                .toList();
                show(
                        runs.stream().map(RunSummary::json).toList(),
                        lines(runs),
                        "There are no runs in bucket " + deployment.bucket() + ".");
            }
            return 0;
        }
    }

    private int most() {
        int most = limit.orElse(Integer.MAX_VALUE);
        if (most < 1) {
            throw CommandFailure.usage("Cannot list the runs: --limit " + most
                    + " is not a number of runs. Nothing was read. Use a number from 1.");
        }
        return most;
    }

    private void show(List<ObjectNode> runs, List<String> lines, String none) {
        var out = environment.console().out();
        if (options.json()) {
            var document = JsonNodeFactory.instance.objectNode();
            document.putArray("runs").addAll(runs);
            out.println(document.toPrettyString());
        } else if (runs.isEmpty()) {
            environment.console().show(none);
        } else {
            lines.stream().map(Wording::visibleLines).forEach(out::println);
        }
        out.flush();
    }

    /** A blank line between two runs. */
    private static List<String> history(List<PastRun> runs) {
        var lines = new ArrayList<String>();
        for (var run : runs) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(PastRunText.lines(run));
        }
        return lines;
    }

    /** When a run was started is in its id. */
    private static List<String> lines(List<RunSummary> runs) {
        var columns = new Columns("run", "plan", "action", "phase", "records");
        for (var run : runs) {
            columns.row(
                    run.id().value(),
                    run.plan(),
                    run.action(),
                    run.phaseAndPart(),
                    Numbers.count(run.estimatedRecords()));
        }
        return columns.lines();
    }
}
