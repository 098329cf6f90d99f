package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.workflow.Ports;
import dev.rekey.engine.workflow.WatchState;
import dev.rekey.engine.workflow.WatchState.Held;
import dev.rekey.engine.workflow.WatchState.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds runs without a worker: they cost nothing and report nothing, but their tables stay locked. Called now
 * and then by a schedule; where it is told to, it reminds people of those that are old.
 */
public final class WatchHandler extends Handler {
    /** As Lambda makes it. */
    public WatchHandler() {
        this(Bootstrap.ofProcess());
    }

    public WatchHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    private record Answer(long pausedHours, int reminders) {}

    @Override
    Object answer(JsonNode input, Ports ports) {
        var watched = new WatchState(ports).run();
        long hours = watched.longestPause().toHours();
        bootstrap().telemetry().paused(hours);
        var now = ports.invocation().time().instant();
        return new Answer(hours, input.path("remind").asBoolean() ? remind(watched, now, retention(input)) : 0);
    }

    /** For how long the bucket keeps the objects of a run, as the schedule says. */
    private static Duration retention(JsonNode input) {
        return Duration.ofDays(input.required("retentionDays").longValue());
    }

    private int remind(Watched watched, Instant now, Duration retention) {
        // Those about which something can be done come first.
        var due = watched.runs().stream()
                .sorted(Comparator.comparing(run -> run.control().isEmpty()))
                .flatMap(run -> reminder(run, now, retention).stream())
                .toList();
        if (!due.isEmpty()) {
            var people = bootstrap().people();
            due.forEach(one -> people.accept(one.subject(), one.text()));
        }
        return due.size();
    }

    private Optional<Announcement> reminder(Held held, Instant now, Duration retention) {
        var settings = bootstrap().settings();
        return held.control().isPresent()
                ? new HeldRun(held.run(), held.control().get()).reminder(now, retention, settings.stack())
                : Optional.of(new LostRun(held.run(), held.locks()))
                        .filter(run -> HeldRun.isDue(run.run(), now, retention))
                        .map(run -> run.announcement(settings.bucket()));
    }
}
