package dev.rekey.engine.workflow;

import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a process that has just started knows of runs: nothing, so it reads everything from the bucket. The same text always
 * gives the same plan, so each text is parsed once for all processes of the tests: that took a third of a simulation.
 */
public final class ColdProcess {
    private static final Map<Text, PlanReading> PLANS = new ConcurrentHashMap<>();

    private ColdProcess() {}

    private record Text(String plan, Map<String, String> parameters) {}

    public static FrozenRuns runs() {
        return new FrozenRuns(ColdProcess::read);
    }

    /** The plan that {@code text} holds, which is right. */
    public static Plan plan(String text) {
        return switch (read(text, Map.of())) {
            case PlanReading.Valid valid -> valid.plan();
            case PlanReading.Invalid invalid -> throw new AssertionError(invalid.problems());
        };
    }

    private static PlanReading read(String plan, Map<String, String> parameters) {
        return PLANS.computeIfAbsent(
                new Text(plan, Map.copyOf(parameters)), text -> PlanReader.read(text.plan(), text.parameters()));
    }
}
