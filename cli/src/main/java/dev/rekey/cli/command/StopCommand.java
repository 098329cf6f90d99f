package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.cli.text.Confirmation;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ExecutionInput;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.status.KnownRun;
import dev.rekey.engine.status.RollbackQuestion;
import dev.rekey.engine.workflow.UnpreparedRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey stop}. */
@Command(
        name = "stop",
        description = "Stop the execution that works on a run, and wait until all writers have stopped.",
        footer = "  rekey stop --run RUN")
final class StopCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private Detachment detachment = new Detachment();

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "The run's id.")
    private String run;

    @Option(names = "--rollback", description = "Roll back the run as soon as all writers have stopped.")
    private boolean rollback;

    @Option(names = "--yes", description = "Do not ask for confirmation before the rollback.")
    private boolean yes;

    StopCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (var deployment = environment.deployments().open(options.place(environment))) {
            var id = KnownRun.id("stop", run);
            var documents = Buckets.documents(deployment, environment);
            var unprepared = UnpreparedRun.find(documents, id).flatMap(found -> found.stop(documents));
            if (unprepared.isPresent()) {
                return show(unprepared.get());
            }
            var known = KnownRun.find(Buckets.documents(deployment, environment), deployment.bucket(), "stop", run);
            var operation = new FollowedExecution(environment, options, deployment);
            var stop = ExecutionInput.ofRun(Action.STOP, known.id());
            if (!rollback) {
                return operation.run(stop, detachment);
            }
            var plan = known.manifest().plan();
            var question = new RollbackQuestion(documents, known, Undoing.ALL);
            new Confirmation(environment.console(), yes).ask("stop run " + run, question.lines(), plan);
            var stopped = operation.complete(stop);
            if (!stopped.ending().succeeded()) {
                operation.show(stopped);
                return stopped.ending().code().number();
            }
            environment.console().tell(stopped.ending().message());
            return operation.run(
                    ExecutionInput.ofRun(Action.ROLLBACK, known.id()).confirmed(plan), detachment);
        }
    }

    private int show(UnpreparedRun stopped) {
        var out = environment.console().out();
        if (options.json()) {
            var document = JsonNodeFactory.instance.objectNode();
            document.put("run", stopped.run().value());
            document.put("action", Action.STOP.word());
            document.put("outcome", "stopped");
            document.put("message", stopped.stopped());
            out.println(document.toPrettyString());
        } else {
            environment.console().show(stopped.stopped());
        }
        out.flush();
        return ExitCode.DONE.number();
    }
}
