package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.definition.Distribution;
import dev.rekey.interpreter.definition.ErrorNames;
import dev.rekey.interpreter.definition.EvaluationException;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.Reader;
import dev.rekey.interpreter.definition.State;
import dev.rekey.interpreter.definition.Uuids;
import dev.rekey.interpreter.definition.Writer;
import java.util.List;
import java.util.Optional;

/** Distributed Maps as their execution sees them: reads the items, begins the Map Run, takes its end. */
final class DistributedMaps {
    private final Execution execution;
    private final Recoveries recoveries;
    private long loadings;

    DistributedMaps(Execution execution) {
        this.execution = execution;
        this.recoveries = new Recoveries(execution);
    }

    void begin(Frame frame, State.MapState map, Distribution distribution)
            throws EvaluationException, DataLimitException {
        Evaluation evaluation = execution.evaluation(frame);
        if (distribution.reader().isEmpty()) {
            start(frame, evaluation.compute(map.input().items(), frame.input()));
            return;
        }
        Reader reader = distribution.reader().get();
        ItemReading reading = new ItemReading(
                reader.source(),
                evaluation.compute(reader.arguments()),
                evaluation.count(reader.maxItems(), "MaxItems", 0));
        Phase.Loading loading = new Phase.Loading(++loadings);
        frame.phase(loading);
        Workshop workshop = execution.workshop();
        workshop.execute(() -> execution.itemsRead(frame.path(), loading, reading.read(workshop.objects())));
    }

    void itemsRead(Frame frame, ItemsRead read) {
        try {
            switch (read) {
                case ItemsRead.Read(var items) -> start(frame, items);
                case ItemsRead.Failed(var cause) -> recoveries.failed(frame, ErrorNames.READER, cause);
            }
        } catch (EvaluationException e) {
            recoveries.evaluationFailed(frame, e);
        } catch (DataLimitException e) {
            recoveries.failed(frame, ErrorNames.DATA_LIMIT, e.getMessage());
        }
    }

    private void start(Frame frame, JsonNode given) throws EvaluationException, DataLimitException {
        State.MapState map = (State.MapState) frame.state();
        InnerBranches.Items items = InnerBranches.Items.of(given);
        MapRunPlan plan = plan(frame, map, map.distribution().orElseThrow());
        List<ChildInput> children = new ChildInputs(execution, frame, map).of(items);
        execution.workshop().mapRuns().create(plan, children);
        execution.record(Entry.of(Change.NOTE, frame.path())
                .event(
                        "MapStateStarted",
                        "mapStateStartedEventDetails",
                        Json.object().put("length", items.values().size())));
        execution.record(Entry.of(Change.MAP_RUN, frame.path())
                .with("mapRunArn", plan.arn())
                .event(
                        "MapRunStarted",
                        "mapRunStartedEventDetails",
                        Json.object().put("mapRunArn", plan.arn())));
        execution.workshop().resumeMapRun(plan.arn());
    }

    private MapRunPlan plan(Frame frame, State.MapState map, Distribution distribution) throws EvaluationException {
        Evaluation evaluation = execution.evaluation(frame);
        Workshop workshop = execution.workshop();
        Identity parent = execution.progress().identity();
        MapRunPlan.Results results = results(evaluation, distribution.writer());
        String id = Uuids.next(workshop.random());
        return new MapRunPlan(
                workshop.arns().mapRun(parent.stateMachineName(), distribution.label(), id),
                new MapRunPlan.Origin(parent, map.name(), distribution.label()),
                workshop.now(),
                evaluation.count(map.maxConcurrency(), "MaxConcurrency", 0),
                tolerance(evaluation, distribution),
                results);
    }

    private static MapRunPlan.Tolerance tolerance(Evaluation evaluation, Distribution distribution)
            throws EvaluationException {
        return new MapRunPlan.Tolerance(
                distribution.toleratedCount().isEmpty()
                        ? Optional.empty()
                        : Optional.of(evaluation.count(distribution.toleratedCount(), "ToleratedFailureCount", 0)),
                distribution.toleratedPercentage().isEmpty()
                        ? Optional.empty()
                        : Optional.of(evaluation.number(
                                distribution.toleratedPercentage().get(), "ToleratedFailurePercentage")));
    }

    private static MapRunPlan.Results results(Evaluation evaluation, Optional<Writer> writer)
            throws EvaluationException {
        Optional<JsonNode> target = Optional.empty();
        if (writer.isPresent() && writer.get().arguments().isPresent()) {
            target = Optional.of(evaluation.compute(writer.get().arguments().get()));
        }
        return new MapRunPlan.Results(
                target.map(arguments -> arguments.path("Bucket").asText("")),
                target.map(arguments -> arguments.path("Prefix").asText("")).orElse(""),
                writer.map(Writer::transformation).orElse(Writer.Transformation.NONE),
                writer.map(Writer::lines).orElse(Writer.Lines.JSON));
    }

    /** The frame that waits for a Map Run. */
    static Optional<Frame> waitingFor(Frame frame, String mapRunArn) {
        if (frame.phase() instanceof Phase.Mapping(var arn) && arn.equals(mapRunArn) && frame.isLive()) {
            return Optional.of(frame);
        }
        return frame.branches().stream()
                .flatMap(all -> all.begun().stream())
                .flatMap(branch -> waitingFor(branch, mapRunArn).stream())
                .findFirst();
    }

    void ended(Frame frame, MapRunEnd end) {
        switch (end) {
            case MapRunEnd.Succeeded(var output) -> {
                execution.record(Entry.of(Change.NOTE, frame.path()).event("MapRunSucceeded"));
                succeeded(frame, output);
            }
            case MapRunEnd.Failed(var failure) -> {
                ObjectNode details = Tasks.shown(Json.object(), failure);
                execution.record(
                        Entry.of(Change.NOTE, frame.path()).event("MapRunFailed", "mapRunFailedEventDetails", details));
                recoveries.failed(frame, failure.error(), failure.cause().orElse(""));
            }
        }
    }

    private void succeeded(Frame frame, JsonNode output) {
        try {
            Limits.text("The result of the state '" + frame.state().name() + "'", output);
            execution.record(
                    Entry.of(Change.RESULT, frame.path()).with("result", output).event("MapStateSucceeded"));
        } catch (DataLimitException e) {
            recoveries.failed(frame, ErrorNames.DATA_LIMIT, e.getMessage());
        }
    }

    void redriven(Frame frame) {
        String arn = frame.mapRun().orElseThrow();
        execution.record(Entry.of(Change.NOTE, frame.path())
                .event(
                        "MapRunRedriven",
                        "mapRunRedrivenEventDetails",
                        Json.object()
                                .put("mapRunArn", arn)
                                .put("redriveCount", execution.progress().redriveCount())));
        execution.workshop().execute(() -> execution.workshop().mapRuns().redrive(arn));
    }
}
