package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.deployment.ExecutionResult;
import dev.rekey.cli.deployment.ExecutionResults;
import dev.rekey.cli.deployment.Follower;
import dev.rekey.cli.deployment.Lifetime;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.cli.text.NotesText;
import dev.rekey.cli.text.ProgressDisplay;
import dev.rekey.core.item.Wording;
import dev.rekey.engine.draft.LeftOutTables;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ExecutionArn;
import dev.rekey.engine.run.ExecutionInput;
import dev.rekey.engine.run.ExecutionName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Workflow;
import dev.rekey.engine.status.ProgressReader;
import dev.rekey.engine.status.Report;
import dev.rekey.engine.status.RunList;
import dev.rekey.engine.status.WriteTrial;
import dev.rekey.engine.store.ConsoleLink;
import dev.rekey.engine.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Starts an execution, follows it to its end and shows what came of it. */
final class FollowedExecution {
    /** Ctrl-C takes effect within seconds, whether the bucket answers or not. */
    private static final Duration LOOK_AT_THE_END = Duration.ofSeconds(1);

    private final Environment environment;
    private final CommonOptions options;
    private final Deployment deployment;
    private final OutputFolder output;
    private final Optional<LeftOutTables> leftOut;

    FollowedExecution(Environment environment, CommonOptions options, Deployment deployment) {
        this(environment, options, deployment, new OutputFolder());
    }

    /** @param output where reports are saved */
    FollowedExecution(Environment environment, CommonOptions options, Deployment deployment, OutputFolder output) {
        this(environment, options, deployment, output, Optional.empty());
    }

    /** @param leftOut tables that match the plan's template and are not in the plan; programs are told of them with the result */
    FollowedExecution(
            Environment environment,
            CommonOptions options,
            Deployment deployment,
            OutputFolder output,
            Optional<LeftOutTables> leftOut) {
        this.environment = environment;
        this.options = options;
        this.deployment = deployment;
        this.output = output;
        this.leftOut = leftOut;
    }

    /** An execution that was started. */
    record Begun(ExecutionInput input, ExecutionArn execution, RunId run, RunId task, Instant at) {}

    /** An execution that has ended. */
    record Completed(RunId task, ExecutionResult ending, Duration elapsed) {}

    /** Starts an execution and, unless that is not wanted, follows it. Returns the exit code. */
    int run(ExecutionInput input, Detachment detachment) {
        return run(input, detachment, ExecutionResult::code);
    }

    /** @param code for an execution that has ended */
    int run(ExecutionInput input, Detachment detachment, Function<ExecutionResult, ExitCode> code) {
        if (detachment.wanted()) {
            return detach(input);
        }
        var completed = complete(input);
        show(completed);
        return code.apply(completed.ending()).number();
    }

    private int detach(ExecutionInput input) {
        if (deployment.lifetime() == Lifetime.COMMAND) {
            throw CommandFailure.usage(
                    "Cannot detach from " + input.action().word()
                            + ": the local stack, and with it the execution, ends with this command. Nothing was started. Start a permanent stack with 'rekey up', or omit --detach.");
        }
        var begun = begin(input);
        var console = environment.console();
        if (options.json()) {
            console.out().println(document(begun).toPrettyString());
            console.out().flush();
        } else {
            console.tell("The execution continues. Follow it with: rekey status --run " + begun.run()
                    + options.placeWords() + " --watch");
        }
        return ExitCode.DONE.number();
    }

    private static ObjectNode document(Begun begun) {
        var document = JsonNodeFactory.instance.objectNode();
        document.put("run", begun.run().value());
        document.put("action", begun.input().action().word());
        document.put("execution", begun.execution().value());
        ConsoleLink.of(begun.execution().value()).ifPresent(link -> document.put("console", link));
        return document;
    }

    /** Starts an execution and follows it to its end. */
    Completed complete(ExecutionInput input) {
        return finish(begin(input));
    }

    Begun begin(ExecutionInput input) {
        var begun = environment.time().instant();
        var name = ExecutionName.of(input.action(), begun, environment.random());
        var started = start(input, name);
        var execution = started.execution();
        var task = RunId.of(started.at(), name.value());
        var run = input.run().orElse(task);
        environment.console().err().println(input.action().word() + ": run " + run);
        ConsoleLink.of(execution.value())
                .ifPresent(link -> environment.console().err().println("console: " + link));
        return new Begun(input, execution, run, task, begun);
    }

    Completed finish(Begun begun) {
        var ending = follow(begun.input().action(), begun.execution(), begun.run(), begun.task());
        return new Completed(
                begun.task(),
                isNoRun(begun, ending) ? ending.withoutRun() : ending,
                Duration.between(begun.at(), environment.time().instant()));
    }

    /** Whether what was started was refused before it became a run, so that its id means nothing. */
    private boolean isNoRun(Begun begun, ExecutionResult ending) {
        var folder = new RunFolder(begun.run());
        return ending.code() == ExitCode.REFUSED
                && begun.input().run().isEmpty()
                && Buckets.documents(deployment, environment)
                        .bytes(folder.manifest())
                        .isEmpty();
    }

    private Workflow.Started start(ExecutionInput input, ExecutionName name) {
        try {
            return deployment
                    .workflow()
                    .start(name, input.startedBy(environment.caller(deployment)).json());
        } catch (StoreException e) {
            throw switch (e.kind()) {
                // The answer may have been lost on its way, so the execution may run.
                case UNAVAILABLE ->
                    new CommandFailure(
                            ExitCode.INCOMPLETE,
                            "StartUnknown",
                            "Cannot determine whether " + input.action().word() + " was started as execution " + name
                                    + ": " + e.getMessage() + ". Nothing was stopped. Run: rekey runs.",
                            e);
                case THROTTLED, DENIED, MISSING, INVALID -> e;
            };
        }
    }

    /** Follows an execution that runs already. */
    ExecutionResult follow(Action action, ExecutionArn execution, RunId run, RunId task) {
        return follow(action, execution, run, task, false);
    }

    /** The same, table by table where there is a terminal. */
    ExecutionResult watch(Action action, ExecutionArn execution, RunId run, RunId task) {
        return follow(action, execution, run, task, true);
    }

    private ExecutionResult follow(Action action, ExecutionArn execution, RunId run, RunId task, boolean tables) {
        try (var display = new ProgressDisplay(
                reader(action, execution, run, task), environment.console(), environment.time(), tables)) {
            return follow(action, execution, run, display);
        }
    }

    private ExecutionResult follow(Action action, ExecutionArn execution, RunId run, Follower.Watcher display) {
        var farewell = new Farewell(action, run, options.placeWords());
        try (var _ = environment.interruption().beforeTheEnd(() -> part(farewell))) {
            var follower =
                    new Follower(deployment.workflow(), environment.time(), deployment.lifetime(), deployment::isGone);
            var end = follower.follow(execution, run, display);
            return ExecutionResults.of(action, run, end);
        }
    }

    /**
     * First the stack ends, where it is this command's own: what is said of the run then is true. How far the run came is
     * read before, as nothing can be read afterwards.
     */
    private void part(Farewell farewell) {
        var documents = Buckets.documents(deployment, environment, LOOK_AT_THE_END);
        var reached = Reached.by(() -> new RunList(documents).summary(farewell.run()));
        deployment.endOwnStack();
        environment.console().tell("\n" + farewell.words(deployment.lifetime(), reached));
    }

    private ProgressReader reader(Action action, ExecutionArn execution, RunId run, RunId task) {
        // Who follows tries again, and knows for how long.
        var documents = Buckets.documents(deployment, environment, Duration.ZERO);
        return new ProgressReader(
                documents,
                run,
                task,
                action == Action.VERIFY,
                Optional.of(new WriteTrial(deployment.objects(), new RunFolder(run))),
                Optional.of(execution));
    }

    Result result(Completed completed) {
        var report = EndedReport.of(deployment, environment, completed.task(), completed.ending());
        return new Result(
                completed.ending(), report, completed.elapsed(), report.flatMap(found -> save(completed, found)));
    }

    /** Empty if the report is not to be saved, or cannot be: then it is in the bucket all the same. */
    private Optional<SavedReports.Pair> save(Completed completed, Report report) {
        var run = completed.ending().run();
        try {
            return output.of(environment, options, deployment, run)
                    .flatMap(folder -> new SavedReports(
                                    Buckets.documents(deployment, environment), run, options.commands())
                            .save(report.name(), folder));
        } catch (CommandFailure | StoreException failure) {
            environment.console().tell(failure.getMessage());
            return Optional.empty();
        }
    }

    /** Shows several executions, as JSON in one document. */
    void show(List<Completed> all) {
        if (options.json()) {
            var document = JsonNodeFactory.instance.objectNode();
            var runs = document.putArray("runs");
            var commands = options.commands();
            all.forEach(one -> runs.add(commands.in(result(one).document())));
            tellLeftOut(document);
            environment.console().out().println(document.toPrettyString());
            environment.console().out().flush();
        } else {
            all.forEach(this::show);
        }
    }

    void show(Completed completed) {
        show(completed, result(completed));
    }

    private void tellLeftOut(ObjectNode document) {
        leftOut.ifPresent(left -> document.set("leftOut", UnplannedTables.json(left)));
    }

    /** For one of several passes: what remains by hand is said once, at the end. */
    void showWithoutNotes(Completed completed) {
        show(completed, result(completed).withoutNotes());
    }

    void showNotes(Completed completed) {
        NotesText.lines(result(completed).notes()).forEach(environment.console()::show);
        environment.console().out().flush();
    }

    private void show(Completed completed, Result result) {
        var console = environment.console();
        var commands = options.commands();
        if (options.json()) {
            var document = commands.in(result.document());
            tellLeftOut(document);
            console.out().println(document.toPrettyString());
        } else {
            Consumer<String> to = completed.ending().succeeded() ? console::show : console::tell;
            result.lines().stream().map(commands::in).map(Wording::visibleLines).forEach(to);
        }
        console.out().flush();
    }
}
