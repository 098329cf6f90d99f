package dev.rekey.cli.command;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.text.Confirmation;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.ExecutionInput;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.status.KnownRun;
import dev.rekey.engine.status.RollbackQuestion;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey rollback}. */
@Command(
        name = "rollback",
        description = "Roll back what a run wrote, except what others changed since.",
        footer = "  rekey rollback --run RUN")
final class RollbackCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private Detachment detachment = new Detachment();

    @Mixin
    private OutputFolder output = new OutputFolder();

    @ArgGroup(exclusive = true)
    private Subject subject = new Subject();

    /** What is taken back. */
    static final class Subject {
        @Option(names = "--run", paramLabel = "RUN", description = "The run's id.")
        private Optional<String> run = Optional.empty();

        @Option(
                names = "--emergency",
                paramLabel = "PLAN",
                description =
                        "Stop every unfinished run that writes to the target tables of this plan, and roll all of them back.")
        private Optional<Path> emergency = Optional.empty();
    }

    @Option(names = "--table", paramLabel = "TABLE", description = "Roll back this table only.")
    private Optional<String> table = Optional.empty();

    @Option(
            names = "--cascade",
            description = "With --table: also roll back the tables that refer to it, directly or indirectly.")
    private boolean cascade;

    @Option(
            names = "--where",
            paramLabel = "ATTRIBUTE=VALUE",
            description =
                    "Roll back only records that had this value before the run; for tables that are changed in place. Repeat the option for more.")
    private Map<String, String> where = new LinkedHashMap<>();

    @Option(
            names = "--with-later",
            description =
                    "With --run: first roll back the later runs of the same plan, newest first; with --table or --where, the same part of each.")
    private boolean withLater;

    @Option(
            names = "--drift",
            paramLabel = "WHAT",
            description =
                    "Records that others changed since: keep them, or overwrite them with their content before the run (default: keep).")
    private Optional<Drift> drift = Optional.empty();

    @Option(
            names = "--exclusive",
            description =
                    "Assert that nobody else writes to the target tables until the rollback ends: it then works in batches and is several times faster. Earlier changes by others are still kept.")
    private boolean exclusive;

    @Option(
            names = "--verify",
            description =
                    "Afterwards, compare the tables with what the undo log says was there before the run. Exit code 4 if a record still holds what the run wrote.")
    private boolean verify;

    @Option(
            names = "--keep-limit",
            description = "Keep the limit of writes that the run has. Otherwise it is lifted for the rollback.")
    private boolean keepLimit;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    RollbackCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (subject.run.isEmpty() && subject.emergency.isEmpty()) {
            throw CommandFailure.usage(
                    "Cannot run rekey rollback: neither --run nor --emergency was given. Nothing was started. Use --run RUN or --emergency PLAN. Run: rekey rollback --help.");
        }
        if (subject.emergency.isPresent()
                && (table.isPresent() || cascade || exclusive || keepLimit || !where.isEmpty())) {
            throw CommandFailure.usage(
                    "Cannot combine --emergency with --table, --where, --cascade, --exclusive or --keep-limit: an emergency rolls back whole runs, while others may be writing. Nothing was started. Omit one of the options.");
        }
        if (withLater && (subject.run.isEmpty() || detachment.wanted())) {
            throw CommandFailure.usage(
                    "Cannot use --with-later without --run, or with --detach: this command starts the rollbacks, one after the other. Nothing was started. Omit one of the options.");
        }
        if (cascade && table.isEmpty()) {
            throw CommandFailure.usage(
                    "Cannot use --cascade without --table. Nothing was started. Add --table, or omit --cascade.");
        }
        try (var deployment = environment.deployments().open(options.place(environment))) {
            if (subject.emergency.isPresent()) {
                return new EmergencyRollback(environment, options, deployment, output)
                        .run(subject.emergency.get(), drift, verify, yes);
            }
            var run = subject.run.orElseThrow();
            var known =
                    KnownRun.find(Buckets.documents(deployment, environment), deployment.bucket(), "roll back", run);
            var chosen = table.map(name -> tableOf(known, name));
            if (withLater) {
                return new LaterRunsRollback(environment, options, deployment, output).run(known, undoing(), yes);
            }
            var plan = known.manifest().plan();
            var question = new RollbackQuestion(Buckets.documents(deployment, environment), known, undoing());
            question.refuse();
            new Confirmation(environment.console(), yes).ask("roll back run " + run, question.lines(), plan);
            return new FollowedExecution(environment, options, deployment, output)
                    .run(
                            ExecutionInput.ofRun(Action.ROLLBACK, known.id())
                                    .of(chosen)
                                    .scope(new Scope(List.of(), where))
                                    .cascade(cascade)
                                    .drift(drift)
                                    .exclusive(exclusive)
                                    .verify(verify)
                                    .keepLimit(keepLimit)
                                    .confirmed(plan),
                            detachment);
        }
    }

    private Undoing undoing() {
        return new Undoing(table, cascade, drift.orElse(Drift.KEEP), exclusive)
                .where(where)
                .verifying(verify)
                .keepingLimit(keepLimit);
    }

    private static TableName tableOf(KnownRun run, String name) {
        var table = new TableName(name);
        var known = run.manifest().named();
        if (!known.contains(table)) {
            throw UnknownTable.of("roll back a table", "run " + run.id(), table, known);
        }
        return table;
    }
}
