package dev.rekey.interpreter.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One state of a document. */
public sealed interface State {
    String name();

    /** What follows the state's work; for Choice, what follows when no rule matched. */
    After after();

    /** The value of {@code Type}. */
    default String type() {
        return switch (this) {
            case Pass state -> "Pass";
            case Task state -> "Task";
            case Choice state -> "Choice";
            case Wait state -> "Wait";
            case Succeed state -> "Succeed";
            case Fail state -> "Fail";
            case Parallel state -> "Parallel";
            case MapState state -> "Map";
        };
    }

    default Recovery recovery() {
        return switch (this) {
            case Task state -> state.recovery;
            case Parallel state -> state.recovery;
            case MapState state -> state.recovery;
            case Pass state -> Recovery.NONE;
            case Choice state -> Recovery.NONE;
            case Wait state -> Recovery.NONE;
            case Succeed state -> Recovery.NONE;
            case Fail state -> Recovery.NONE;
        };
    }

    /** The states inside this one. */
    default List<States> inner() {
        return switch (this) {
            case Parallel state -> state.branches;
            case MapState state -> List.of(state.processor);
            case Pass state -> List.of();
            case Task state -> List.of();
            case Choice state -> List.of();
            case Wait state -> List.of();
            case Succeed state -> List.of();
            case Fail state -> List.of();
        };
    }

    record Pass(String name, After after) implements State {}

    /** {@code resource} is without {@code .waitForTaskToken}, which {@code callback} tells. */
    record Task(
            String name,
            String resource,
            Callback callback,
            Optional<Template> arguments,
            Bounds bounds,
            Recovery recovery,
            After after)
            implements State {}

    /** How long a task may take, and how long it may be silent; absent where nothing bounds it. */
    record Bounds(Optional<Template> timeoutSeconds, Optional<Template> heartbeatSeconds) {}

    /** {@code after} holds for the default; its next is absent where the document has no default. */
    record Choice(String name, List<Rule> rules, After after) implements State {}

    record Wait(String name, Until until, After after) implements State {}

    record Succeed(String name, After after) implements State {}

    record Fail(String name, Optional<Template> error, Optional<Template> cause) implements State {
        @Override
        public After after() {
            return new After(Optional.empty(), Map.of(), Optional.empty());
        }
    }

    record Parallel(String name, List<States> branches, Optional<Template> arguments, Recovery recovery, After after)
            implements State {}

    /** Inline where {@code distribution} is absent. */
    record MapState(
            String name,
            States processor,
            Input input,
            Optional<Template> maxConcurrency,
            Optional<Distribution> distribution,
            Recovery recovery,
            After after)
            implements State {}

    /** What a Map goes over, and what it makes of each item for its children; absent where the document is silent. */
    record Input(Optional<Template> items, Optional<Template> selector) {}

    /** Whether a task waits to be answered from outside. */
    enum Callback {
        NONE,
        TASK_TOKEN
    }

    /** When a Wait ends. */
    sealed interface Until {
        Template value();

        record Seconds(Template value) implements Until {}

        record Timestamp(Template value) implements Until {}
    }
}
