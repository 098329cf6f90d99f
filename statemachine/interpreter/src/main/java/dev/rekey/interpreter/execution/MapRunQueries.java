package dev.rekey.interpreter.execution;

import dev.rekey.interpreter.api.ExecutionArn;
import dev.rekey.interpreter.api.ListRequest;
import dev.rekey.interpreter.api.ListResult;
import dev.rekey.interpreter.api.MapRunArn;
import dev.rekey.interpreter.api.MapRunDescription;
import dev.rekey.interpreter.api.MapRunItem;
import dev.rekey.interpreter.api.StateMachineArn;
import dev.rekey.interpreter.api.StepFunctionsException;
import dev.rekey.interpreter.api.StepFunctionsException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Tells of Map Runs. */
public final class MapRunQueries {
    private final Workshop workshop;

    MapRunQueries(Workshop workshop) {
        this.workshop = workshop;
    }

    /** The Map Runs of an execution, oldest first. */
    public ListResult<MapRunItem> list(ExecutionArn arn, ListRequest page) {
        List<String> arns = new ArrayList<>();
        workshop.working(arn.value())
                .ifPresentOrElse(
                        execution -> execution.look(progress -> arns.addAll(progress.mapRuns())),
                        () -> arns.addAll(workshop.load(arn.value())
                                .orElseThrow(() -> Executions.missing(arn))
                                .mapRuns()));
        return Pagination.of(
                arns.stream()
                        .map(run -> look(new MapRunArn(run), MapRunQueries::item))
                        .toList(),
                page);
    }

    public MapRunDescription describe(MapRunArn arn) {
        return look(arn, MapRunQueries::description);
    }

    private <T> T look(MapRunArn arn, Function<MapRunState, T> reader) {
        return workshop.mapRuns()
                .working(arn.value())
                .map(run -> run.look(reader))
                .or(() -> workshop.mapRuns().load(arn.value()).map(reader))
                .orElseThrow(() -> new StepFunctionsException(
                        Code.RESOURCE_NOT_FOUND, "Resource Not Found: '" + arn.value() + "'"));
    }

    private static MapRunItem item(MapRunState state) {
        MapRunPlan plan = state.plan();
        return new MapRunItem(
                new MapRunArn(plan.arn()),
                new ExecutionArn(plan.origin().parent().arn()),
                new StateMachineArn(plan.origin().parent().stateMachineArn() + "/"
                        + plan.origin().label()),
                plan.started(),
                state.stopped());
    }

    private static MapRunDescription description(MapRunState state) {
        MapRunPlan plan = state.plan();
        return new MapRunDescription(
                item(state),
                state.status(),
                (int) Math.min(Integer.MAX_VALUE, plan.maxConcurrency()),
                plan.tolerance().percentage().orElse(0.0),
                plan.tolerance().count().orElse(0L),
                state.itemCounts(),
                state.executionCounts(),
                state.redriveCount(),
                state.redriven());
    }
}
