package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks after the runs that nobody works on: they cost nothing and tell nothing, but their tables stay locked. Called now
 * and then by a schedule; where it is told to, it reminds people of those that are old.
 */
public final class WatchHandler extends Handler {
    private static final String LOCKS = "locks/";

    /** As Lambda makes it. */
    public WatchHandler() {
        this(Bootstrap.ofProcess());
    }

    public WatchHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    private record Answer(long pausedHours, int reminders) {}

    @Override
    Object answer(JsonNode input, Turn turn, Documents documents) {
        var held = held(documents);
        var now = turn.time().instant();
        long hours = held.stream()
                .flatMap(run -> run.paused(now).stream())
                .mapToLong(Duration::toHours)
                .max()
                .orElse(0);
        bootstrap().telemetry().paused(hours);
        return new Answer(hours, input.path("remind").asBoolean() ? remind(held, now) : 0);
    }

    /** Only runs that hold locks can be paused or unfinished, so the locks say which runs to look at. */
    private static List<HeldRun> held(Documents documents) {
        return documents.each(documents.list(LOCKS), key -> documents.find(key, JsonNode.class)).stream()
                .flatMap(lock -> lock.stream())
                .map(lock -> lock.value().at("/holder/run").asText())
                .filter(RunId::isValid)
                .distinct()
                .map(RunId::new)
                .flatMap(run -> find(documents, run))
                .toList();
    }

    private static Stream<HeldRun> find(Documents documents, RunId run) {
        return documents.find(new RunFolder(run).control(), Control.class).stream()
                .map(control -> new HeldRun(run, control.value()));
    }

    private int remind(List<HeldRun> held, Instant now) {
        var settings = bootstrap().settings();
        var due = held.stream()
                .flatMap(run -> run.reminder(now, settings.retention(), settings.stack()).stream())
                .toList();
        if (!due.isEmpty()) {
            var people = bootstrap().people();
            due.forEach(one -> people.accept(one.subject(), one.text()));
        }
        return due.size();
    }
}
