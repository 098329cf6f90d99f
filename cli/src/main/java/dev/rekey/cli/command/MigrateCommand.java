package dev.rekey.cli.command;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.text.Confirmation;
import dev.rekey.cli.text.Numbers;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.ProblemText;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.draft.LeftOutTables;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.OnFailure;
import dev.rekey.engine.run.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rekey migrate}. */
@Command(
        name = "migrate",
        description =
                "Migrate all tables and verify them. If anything fails, roll back what was copied; if tables are changed in"
                        + " place, what was written stays until you resume the run or roll it back.",
        footer = "  rekey migrate plan.yaml --table profiles --where tenant_id=legacy-123")
final class MigrateCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private GivenParameters parameters = new GivenParameters();

    @Mixin
    private Detachment detachment = new Detachment();

    @Mixin
    private OutputFolder output = new OutputFolder();

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Parameters(paramLabel = "PLAN", description = "The plan file.")
    private Path plan;

    @Option(
            names = "--on-failure",
            paramLabel = "WHAT",
            description =
                    "What to do after a failure: rollback, or stop, so that the run can be resumed (default: rollback; stop if"
                            + " tables are changed in place).")
    private Optional<OnFailure> onFailure = Optional.empty();

    @Option(
            names = "--show-values",
            description =
                    "Include differing values in the report of the verification; without it only ids and" + " types.")
    private boolean showValues;

    @Option(
            names = "--until-clean",
            paramLabel = "PASSES",
            description =
                    "Run the plan again while others' changes remain, at most PASSES times in all, each time for what came or changed meanwhile.")
    private Optional<Integer> untilClean = Optional.empty();

    @Option(
            names = "--allow-warnings",
            description =
                    "Migrate although a declared reference occurs in no record, or ids occur where no reference is declared.")
    private boolean allowWarnings;

    @Option(
            names = "--delete-gone",
            description =
                    "Delete the copies of records that are gone from the source, as the newest verification of the plan lists them.")
    private boolean deleteGone;

    @Option(
            names = "--keep-gone",
            description =
                    "Keep the copies of records that are gone from the source, as the newest verification of the plan lists them: no run lists them again.")
    private boolean keepGone;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    MigrateCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        untilClean.filter(passes -> passes < 1 || detachment.wanted()).ifPresent(MigrateCommand::refuse);
        var file = PlanFile.read(environment, "migrate", plan, parameters.values("migrate"));
        var name = file.reading().plan().name();
        var part = scope.of(file.reading().plan(), "migrate");
        var confirmation = new Confirmation(environment.console(), yes);
        confirmation.needsAnswer("migrate " + plan);
        refuseToDecide(file.reading().plan(), part);
        try (var deployment = environment.deployments().open(options.place(environment))) {
            var question = new MigrationQuestion(environment, deployment, file, part);
            var leftOut = question.leftOut();
            confirmation.ask("migrate " + plan, whatWillBeDone(file.reading(), question, leftOut), name);
            var input = Buckets.input(Action.MIGRATE, file, deployment, environment);
            var asked = input.showingValues(showValues)
                    .confirmed(name)
                    .onFailure(onFailure)
                    .allowingWarnings(allowWarnings)
                    .deletingGone(deleteGone)
                    .keepingGone(keepGone)
                    .scope(part);
            var operation = new FollowedExecution(
                    environment,
                    options,
                    deployment,
                    untilClean.isPresent() ? output.ofSeveralRuns() : output,
                    leftOut);
            return untilClean
                    .map(passes -> new Passes(environment, options, operation, passes).run(asked))
                    .orElseGet(() -> operation.run(asked, detachment));
        }
    }

    private static void refuse(int passes) {
        throw CommandFailure.usage(
                passes < 1
                        ? "Cannot migrate --until-clean " + passes
                                + ": it is less than 1. Nothing was started. Use a number of at least 1."
                        : "Cannot combine --until-clean with --detach: the passes are started by this command. Nothing was started. Omit one of the options.");
    }

    private void refuseToDecide(Plan whole, Scope of) {
        if (!deleteGone && !keepGone) {
            return;
        }
        if (deleteGone && keepGone) {
            throw CommandFailure.usage(
                    "Cannot combine --delete-gone with --keep-gone: what is gone is either deleted or kept. Nothing was started. Omit one of the options.");
        }
        var option = deleteGone ? "--delete-gone" : "--keep-gone";
        if (!of.isEverything()) {
            throw CommandFailure.usage(
                    "Cannot combine %s with --table, --where or --without: only a run of the whole plan can tell that a record is gone. Nothing was started. Omit one of the options."
                            .formatted(option));
        }
        if (!whole.copies()) {
            throw CommandFailure.usage(
                    "Cannot migrate with %s: the plan changes all its tables in place, where no record is left of one that is gone. Nothing was started. Omit %s."
                            .formatted(option, option));
        }
    }

    private static String does(Plan part) {
        long changed = part.tables().stream().filter(TablePlan::isInPlace).count();
        long copied = part.tables().size() - changed;
        var does = new ArrayList<String>();
        if (copied > 0) {
            does.add(" writes " + Numbers.count(copied, "table"));
        }
        if (changed > 0) {
            does.add(" changes records of " + Numbers.count(changed, "table") + " in place");
        }
        return String.join(" and", does);
    }

    private List<String> whatWillBeDone(
            PlanReading.Valid reading, MigrationQuestion question, Optional<LeftOutTables> leftOut) {
        var plan = reading.plan();
        var lines = new ArrayList<String>();
        var part = scope.part(plan);
        lines.add("Plan " + plan.name().value() + does(part) + ":");
        lines.addAll(SideWords.moves(part));
        lines.addAll(scope.lines());
        var commands = options.commands();
        question.lines().stream().map(commands::in).forEach(lines::add);
        lines.addAll(leftOut.map(UnplannedTables::lines).orElse(List.of()));
        if (deleteGone) {
            lines.addAll(question.gone());
        }
        if (keepGone) {
            lines.addAll(question.kept());
        }
        lines.addAll(ProblemText.lines(reading.warnings()));
        lines.add(
                switch (onFailure.orElse(part.changesInPlace() ? OnFailure.USUAL_IN_PLACE : OnFailure.USUAL)) {
                    case ROLLBACK -> "If anything fails, everything that was written is rolled back.";
                    case STOP -> "If anything fails, what was written stays until you resume the run or roll it back.";
                });
        return lines;
    }
}
