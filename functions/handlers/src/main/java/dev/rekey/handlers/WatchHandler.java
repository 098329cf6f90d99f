package dev.rekey.handlers;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.workflow.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds runs without a worker: they cost nothing and report nothing, but their tables stay locked. Called now
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

    /** A lock that is held, and by whom. */
    private record Held(ObjectKey key, RunId run) {}

    @Override
    Object answer(JsonNode input, Ports ports) {
        var now = ports.invocation().time().instant();
        var documents = ports.documents();
        var known = new ArrayList<HeldRun>();
        var lost = new ArrayList<LostRun>();
        held(documents)
                .forEach((run, locks) -> documents
                        .find(new RunFolder(run).control(), Control.class)
                        .ifPresentOrElse(
                                control -> known.add(new HeldRun(run, control.value())),
                                () -> lost.add(new LostRun(run, locks))));
        long hours = known.stream()
                .flatMap(run -> run.paused(now).stream())
                .mapToLong(Duration::toHours)
                .max()
                .orElse(0);
        bootstrap().telemetry().paused(hours);
        return new Answer(hours, input.path("remind").asBoolean() ? remind(known, lost, now, retention(input)) : 0);
    }

    /** The locks of each run that holds any: only such runs can be paused or unfinished. */
    private static Map<RunId, List<ObjectKey>> held(Documents documents) {
        return documents.each(documents.list(LOCKS), key -> lock(documents, key)).stream()
                .flatMap(Optional::stream)
                .collect(groupingBy(Held::run, TreeMap::new, mapping(Held::key, toList())));
    }

    private static Optional<Held> lock(Documents documents, ObjectKey key) {
        return documents
                .find(key, JsonNode.class)
                .map(lock -> lock.value().at("/holder/run").asText())
                .filter(RunId::isValid)
                .map(run -> new Held(key, new RunId(run)));
    }

    /** For how long the bucket keeps the objects of a run, as the schedule says. */
    private static Duration retention(JsonNode input) {
        return Duration.ofDays(input.required("retentionDays").longValue());
    }

    private int remind(List<HeldRun> known, List<LostRun> lost, Instant now, Duration retention) {
        var settings = bootstrap().settings();
        var due = Stream.concat(
                        known.stream().flatMap(run -> run.reminder(now, retention, settings.stack()).stream()),
                        lost.stream()
                                .filter(run -> HeldRun.isDue(run.run(), now, retention))
                                .map(run -> run.announcement(settings.bucket())))
                .toList();
        if (!due.isEmpty()) {
            var people = bootstrap().people();
            due.forEach(one -> people.accept(one.subject(), one.text()));
        }
        return due.size();
    }
}
