package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.definition.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The Map Runs: those at work, and those in the store. */
final class MapRuns {
    private final Workshop workshop;
    private final Map<String, MapRun> working = new ConcurrentHashMap<>();

    MapRuns(Workshop workshop) {
        this.workshop = workshop;
    }

    /** Writes down a Map Run; {@link #resume} sets it to work. */
    void create(MapRunPlan plan, List<ChildInput> children) {
        List<String> lines = new ArrayList<>(children.size());
        for (ChildInput child : children) {
            ObjectNode line = Json.object().put("n", child.items());
            line.set("i", child.input());
            lines.add(Json.text(line));
        }
        if (!lines.isEmpty()) {
            workshop.store().append(workshop.places().mapRunItems(plan.arn()), lines);
        }
        ObjectNode first = Json.object().put("children", children.size());
        first.set("plan", plan.toJson());
        workshop.store().append(workshop.places().mapRunJournal(plan.arn()), List.of(Json.text(first)));
    }

    /** What the journal says of a Map Run; empty when there is none. */
    Optional<MapRunState> load(String arn) {
        List<String> lines = workshop.store().lines(workshop.places().mapRunJournal(arn));
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<ChildInput> children = workshop.store().lines(workshop.places().mapRunItems(arn)).stream()
                .map(Json::trusted)
                .map(line -> new ChildInput(line.get("n").intValue(), line.get("i")))
                .toList();
        return Optional.of(MapRunState.of(lines, children));
    }

    Optional<MapRun> working(String arn) {
        return Optional.ofNullable(working.get(arn));
    }

    private MapRun employed(String arn) {
        return working.computeIfAbsent(
                arn, asked -> new MapRun(workshop, load(asked).orElseThrow()));
    }

    void resume(String arn) {
        employed(arn).resume();
    }

    void redrive(String arn) {
        employed(arn).redrive();
    }

    void abort(String arn) {
        if (!isOver(arn)) {
            employed(arn).abort();
        }
    }

    boolean isOver(String arn) {
        MapRun run = working.get(arn);
        return run == null ? load(arn).map(MapRunState::isOver).orElse(true) : run.isOver();
    }

    void childEnded(Identity.Child child, Progress progress) {
        working(child.mapRunArn()).ifPresent(run -> run.childEnded(child.index(), progress));
    }

    /** Returns when none of those at work is in the middle of something. */
    void await() {
        working.values().forEach(MapRun::isOver);
    }

    /** A Map Run came to its end; called by it while it is locked. */
    void over(MapRun run, MapRunState state) {
        String arn = state.plan().arn();
        String parent = state.plan().origin().parent().arn();
        workshop.execute(() -> {
            if (run.isOver()) {
                working.remove(arn, run);
            }
            Optional<Execution> execution = workshop.working(parent);
            state.end().ifPresent(end -> execution.ifPresent(waiting -> waiting.mapRunEnded(arn, end)));
            if (execution.isEmpty()) {
                workshop.load(parent).ifPresent(workshop::unmark);
            }
        });
    }
}
