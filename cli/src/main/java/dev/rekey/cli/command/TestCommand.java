package dev.rekey.cli.command;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.text.Confirmation;
import dev.rekey.cli.text.Numbers;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Levels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rekey test}. */
@Command(
        name = "test",
        description =
                "Migrate one record and everything it references, verify the records, and undo that again: copies are"
                        + " removed, records that were changed in place are restored.",
        footer = "  rekey test plan.yaml --table Projects --id p-17")
final class TestCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private GivenParameters parameters = new GivenParameters();

    @Mixin
    private Detachment detachment = new Detachment();

    @Parameters(paramLabel = "PLAN", description = "The plan file.")
    private Path plan;

    @Option(names = "--table", required = true, paramLabel = "TABLE", description = "The table's name in the plan.")
    private String table;

    @Option(names = "--id", paramLabel = "ID", description = "The record's id (default: any record).")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Test the first N records of the table and everything they reference (default: 1).")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--keep",
            description = "Keep what was written: copied records stay in the target, changed ones stay changed.")
    private boolean keep;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    TestCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        limit.filter(records -> records < 1 || id.isPresent()).ifPresent(this::refuse);
        var file = PlanFile.read(environment, "test", plan, parameters.values("test"));
        var name = file.reading().plan().name();
        var chosen = tableOf(file.reading().plan(), "test a record", table);
        new Confirmation(environment.console(), yes)
                .ask("test " + plan, whatWillBeDone(file.reading().plan(), chosen), name);
        try (var deployment = environment.deployments().open(options.place(environment))) {
            var input = Buckets.input(Action.TEST, file, deployment, environment);
            return new FollowedExecution(environment, options, deployment)
                    .run(
                            input.confirmed(name)
                                    .of(Optional.of(chosen.name()))
                                    .record(id, keep)
                                    .sample(limit),
                            detachment);
        }
    }

    private void refuse(int records) {
        throw CommandFailure.usage(
                records < 1
                        ? "Cannot test: --limit is " + records
                                + ", but a test needs at least 1 record. Nothing was started. Use a larger number, or omit --limit."
                        : "Cannot combine --limit with --id: one names how many records are tested, the other names the record. Nothing was started. Omit one of them.");
    }

    /** @throws CommandFailure if the plan has no such table */
    static TablePlan tableOf(Plan plan, String verb, String name) {
        var table = new TableName(name);
        return plan.named().stream()
                .filter(each -> each.name().equals(table))
                .findFirst()
                .orElseThrow(() -> UnknownTable.of(
                        verb,
                        "plan " + plan.name().value(),
                        table,
                        plan.named().stream().map(TablePlan::name).toList()));
    }

    private List<String> whatWillBeDone(Plan plan, TablePlan chosen) {
        var which = id.map(value -> "record " + value)
                .orElse(limit.filter(records -> records > 1)
                        .map(records -> "the first " + Numbers.count(records) + " records")
                        .orElse("one record"));
        var lines = new ArrayList<String>();
        lines.add("This migrates " + which + " of " + chosen.name()
                + (limit.orElse(1) == 1 ? " and everything it references:" : " and everything they reference:"));
        var part = plan.only(Levels.reachable(plan, chosen.name()));
        lines.addAll(SideWords.moves(part));
        if (part.copies()) {
            lines.add(
                    keep
                            ? "Copied records stay in the target."
                            : "Afterwards copied records are removed from the target.");
        }
        if (part.changesInPlace()) {
            lines.add(keep ? "Changed records stay changed." : "Afterwards changed records are restored.");
        }
        return lines;
    }
}
