package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.workflow.PrepareState;
import dev.rekey.engine.workflow.Prepared;
import dev.rekey.engine.workflow.Request;
import java.time.Instant;
import java.util.Optional;

/** The start of an execution: its name gives it its identity, so that a retry of its preparation is the same run. */
record Start(World world, String name, Instant startedAt, RunOptions options, Undoing undoing) {
    Start(World world, String name) {
        this(world, name, world.time().instant(), RunOptions.NOTHING, Undoing.ALL);
    }

    Start asking(RunOptions other) {
        return new Start(world, name, startedAt, other, undoing);
    }

    Start undoing(Undoing other) {
        return new Start(world, name, startedAt, options, other);
    }

    RunId task() {
        return RunId.of(startedAt, name);
    }

    String execution() {
        return "arn:aws:states:eu-west-1:000000000000:execution:rekey:" + name;
    }

    Prepared.Ready ready(Action action, String plan) {
        return isReady(prepare(action, plan, Optional.of(nameOf(plan))));
    }

    Prepared prepare(Action action, String plan, Optional<String> confirm) {
        return prepare(request(action, Optional.of(plan), Optional.empty(), confirm));
    }

    Prepared.Ready ready(Action action, RunId run, String plan) {
        return isReady(prepareOn(action, run.value(), Optional.of(nameOf(plan))));
    }

    Prepared prepareOn(Action action, String run, Optional<String> confirm) {
        return prepare(request(action, Optional.empty(), Optional.of(run), confirm));
    }

    private Prepared prepare(Request request) {
        return new PrepareState(world.ports(world.invocation())).run(request);
    }

    private Request request(Action action, Optional<String> plan, Optional<String> run, Optional<String> confirm) {
        return new Request(
                action,
                new Request.Given(plan, world.files()),
                run,
                confirm,
                options,
                undoing,
                new Request.Execution(execution(), task(), startedAt, Optional.empty()));
    }

    private static Prepared.Ready isReady(Prepared prepared) {
        assertThat(prepared).isInstanceOf(Prepared.Ready.class);
        return (Prepared.Ready) prepared;
    }

    private static String nameOf(String plan) {
        return Plans.read(plan).name().value();
    }
}
