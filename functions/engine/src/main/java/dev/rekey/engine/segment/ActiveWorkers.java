package dev.rekey.engine.segment;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.store.Documents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many workers may share a limit now. Finished segments never come back, so an earlier look counts more
 * workers than there are, never fewer: the shares of all never add up to more than the limit.
 */
public final class ActiveWorkers {
    /** After a look that found other workers than the one before; each further look waits twice as long. */
    private static final Duration LOOK_SOON = Duration.ofSeconds(1);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final Documents documents;
    private final RunFolder folder;
    private final List<Part> parts;
    private final int concurrency;
    private Instant lookAt = Instant.MIN;
    private Duration interval = LOOK_SOON;
    private int workers;

    /**
     * Segments that one Distributed Map works on.
     *
     * @param segments how many there are, finished ones among them
     */
    public record Part(Stage stage, TableName table, int segments) {
        /** The segments of the scans of all source tables. */
        public static List<Part> all(Stage stage, Manifest manifest) {
            return manifest.units().stream()
                    .map(table -> new Part(
                            stage, table, manifest.table(table).sourceSegments().scans()))
                    .toList();
        }

        /** The source segments of one level, with the ranges. */
        public static List<Part> of(Stage stage, Manifest manifest, int level) {
            return manifest.units(level).stream()
                    .map(table -> new Part(stage, table, manifest.table(table).allSegments()))
                    .toList();
        }

        /** The segments of both sides of one level. */
        public static List<Part> verifying(RunId task, Manifest manifest, int level) {
            var target = Stage.verify(task, WorkItem.TARGET);
            return Stream.concat(
                            of(Stage.verify(task, WorkItem.SOURCE), manifest, level).stream(),
                            manifest.units(level).stream()
                                    .map(table -> new Part(
                                            target,
                                            table,
                                            manifest.table(table)
                                                    .targetSegments()
                                                    .all())))
                    .toList();
        }
    }

    /**
     * @param parts all that may be worked on at the same time
     * @param concurrency how many workers run at once at most
     */
    public ActiveWorkers(Documents documents, RunFolder folder, List<Part> parts, int concurrency) {
        this.documents = documents;
        this.folder = folder;
        this.parts = List.copyOf(parts);
        this.concurrency = concurrency;
    }

    /** Workers of which none is done before the others. */
    public static ActiveWorkers of(int workers, int concurrency, Documents documents, RunFolder folder) {
        return new ActiveWorkers(documents, folder, List.of(), Math.min(workers, concurrency));
    }

    /** A worker that works alone. */
    public static ActiveWorkers alone(Documents documents, RunFolder folder) {
        return of(1, 1, documents, folder);
    }

    /** Whether {@link #workers} would look at the bucket now. */
    boolean isOutdated(Instant now) {
        return !now.isBefore(lookAt);
    }

    /** At least 1. Looks at the bucket now and then: soon after something changed, as small tables end together. */
    int workers(Instant now) {
        if (isOutdated(now)) {
            int before = workers;
            int all = parts.stream().mapToInt(Part::segments).sum();
            int left = parts.isEmpty() ? concurrency : all - (all > 1 ? finished() : 0);
            workers = Math.max(1, Math.min(concurrency, left));
            interval = workers == before ? later() : LOOK_SOON;
            lookAt = now.plus(interval);
        }
        return workers;
    }

    private Duration later() {
        var twice = interval.multipliedBy(2);
        return twice.compareTo(LOOK_AGAIN) < 0 ? twice : LOOK_AGAIN;
    }

    /** Notes that a segment needs no worker any more. */
    void finished(Stage stage, TableName table, Segment segment) {
        documents.put(folder.finished(stage, table, segment), segment.folder());
    }

    private int finished() {
        return parts.stream().collect(Collectors.groupingBy(Part::stage)).entrySet().stream()
                .mapToInt(stage -> finished(stage.getKey(), stage.getValue()))
                .sum();
    }

    /** Sixty tables are one request, not sixty. */
    private int finished(Stage stage, List<Part> ofStage) {
        if (ofStage.size() == 1) {
            return documents
                    .list(folder.finishedPrefix(stage, ofStage.getFirst().table()))
                    .size();
        }
        var prefixes = ofStage.stream()
                .map(part -> folder.finishedPrefix(stage, part.table()))
                .collect(Collectors.toUnmodifiableSet());
        return (int) documents.list(folder.finishedPrefix(stage)).stream()
                .filter(key ->
                        prefixes.contains(key.name().substring(0, key.name().lastIndexOf('/') + 1)))
                .count();
    }
}
