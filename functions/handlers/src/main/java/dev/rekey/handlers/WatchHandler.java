package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.turn.Turn;
import java.time.Duration;

/**
 * Looks after the runs that are paused: they cost nothing and tell nothing, but their tables stay locked. Called now and
 * then by a schedule.
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

    private record Answer(long pausedHours) {}

    /** Only runs that hold locks can be paused, so the locks say which runs to look at. */
    @Override
    Object answer(JsonNode input, Turn turn, Documents documents) {
        long hours = documents.each(documents.list(LOCKS), key -> documents.find(key, JsonNode.class)).stream()
                .flatMap(lock -> lock.stream())
                .map(lock -> lock.value().at("/holder/run").asText())
                .filter(RunId::isValid)
                .distinct()
                .flatMap(run -> documents.find(new RunFolder(new RunId(run)).control(), Control.class).stream())
                .flatMap(control -> control.value().paused().stream())
                .mapToLong(
                        since -> Duration.between(since, turn.time().instant()).toHours())
                .max()
                .orElse(0);
        bootstrap().telemetry().paused(hours);
        return new Answer(hours);
    }
}
