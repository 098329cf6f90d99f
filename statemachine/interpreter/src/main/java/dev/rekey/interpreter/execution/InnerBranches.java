package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.definition.EvaluationException;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.State;
import java.util.Optional;

/** Parallel and inline Map: branches within the same execution and history. */
final class InnerBranches {
    /** The service runs at most 40 iterations of an inline Map at a time. */
    private static final long MOST_INLINE = 40;

    private final Execution execution;

    InnerBranches(Execution execution) {
        this.execution = execution;
    }

    void begin(Frame frame, State.Parallel parallel) throws EvaluationException, DataLimitException {
        JsonNode input = execution.evaluation(frame).compute(parallel.arguments(), frame.input());
        Limits.text("The arguments of the state '" + parallel.name() + "'", input);
        execution.record(Entry.of(Change.SPREAD, frame.path())
                .event("ParallelStateStarted")
                .with("total", parallel.branches().size())
                .with("concurrency", 0)
                .with("arguments", input));
    }

    void begin(Frame frame, State.MapState map) throws EvaluationException, DataLimitException {
        Evaluation evaluation = execution.evaluation(frame);
        Items items = Items.of(evaluation.compute(map.input().items(), frame.input()));
        long concurrency = evaluation.count(map.maxConcurrency(), "MaxConcurrency", 0);
        Limits.text("The items of the state '" + map.name() + "'", items.values());
        Entry entry = Entry.of(Change.SPREAD, frame.path())
                .with("total", items.values().size())
                .with("concurrency", concurrency == 0 ? MOST_INLINE : Math.min(concurrency, MOST_INLINE))
                .with("items", items.values());
        items.keys().ifPresent(keys -> entry.with("keys", keys));
        execution.record(entry.event(
                "MapStateStarted",
                "mapStateStartedEventDetails",
                Json.object().put("length", items.values().size())));
    }

    /** Begins what can begin; false while branches are at work. */
    boolean advance(Frame frame) throws EvaluationException, DataLimitException {
        Branches all = frame.branches().orElseThrow();
        noteDone(frame, all);
        Optional<Frame> broken = all.broken();
        if (broken.isPresent()) {
            fail(frame, all, ((Phase.Broken) broken.get().phase()).failure());
            return true;
        }
        for (Optional<Integer> next = all.next(); next.isPresent(); next = all.next()) {
            beginBranch(frame, all, next.get());
        }
        if (!all.allDone()) {
            return false;
        }
        ArrayNode outputs = all.outputs();
        Entry entry = Entry.of(Change.RESULT, frame.path()).with("result", outputs);
        execution.record(entry.event(frame.state().type() + "StateSucceeded"));
        return true;
    }

    private void noteDone(Frame frame, Branches all) {
        if (!(frame.state() instanceof State.MapState)) {
            return;
        }
        for (Frame branch : all.begun()) {
            if (branch.isDone() && !all.isNoted(branch.index())) {
                execution.record(Entry.of(Change.BRANCH_DONE, frame.path())
                        .with("index", branch.index())
                        .event(
                                "MapIterationSucceeded",
                                "mapIterationSucceededEventDetails",
                                Recoveries.iteration(frame, branch.index())));
            }
        }
    }

    private void beginBranch(Frame frame, Branches all, int index) throws EvaluationException, DataLimitException {
        Entry entry = Entry.of(Change.BRANCH, frame.path()).with("index", index);
        if (frame.state() instanceof State.MapState map) {
            ObjectNode item = Frame.item(index, all.item(index), all.key(index));
            JsonNode input = execution
                    .evaluation(frame)
                    .withItem(item)
                    .compute(map.input().selector(), all.item(index));
            Limits.text("The input of iteration " + index, input);
            execution.record(entry.with("input", input)
                    .event(
                            "MapIterationStarted",
                            "mapIterationStartedEventDetails",
                            Recoveries.iteration(frame, index)));
        } else {
            execution.record(entry.with("input", all.arguments()));
        }
        execution.later(all.branch(index));
    }

    private void fail(Frame frame, Branches all, Phase.Failure failure) {
        for (Frame branch : all.begun()) {
            execution.silence(branch);
            boolean working = !branch.isDone() && !(branch.phase() instanceof Phase.Broken);
            if (working && frame.state() instanceof State.MapState) {
                execution.record(Entry.of(Change.NOTE, frame.path())
                        .event(
                                "MapIterationAborted",
                                "mapIterationAbortedEventDetails",
                                Recoveries.iteration(frame, branch.index())));
            }
        }
        execution.record(Recoveries.failure(Change.ERROR, frame, failure)
                .event(frame.state().type() + "StateFailed"));
    }

    /** What a Map works on: the elements of an array, or the members of an object with their names. */
    record Items(ArrayNode values, Optional<ArrayNode> keys) {
        static Items of(JsonNode given) throws EvaluationException {
            if (given instanceof ArrayNode array) {
                return new Items(array, Optional.empty());
            }
            if (given instanceof ObjectNode object) {
                ArrayNode values = Json.array();
                ArrayNode keys = Json.array();
                object.properties().forEach(member -> {
                    keys.add(member.getKey());
                    values.add(member.getValue());
                });
                return new Items(values, Optional.of(keys));
            }
            throw new EvaluationException("The items of a Map must be an array or an object, not a value of type "
                    + given.getNodeType() + ".");
        }
    }
}
