package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.Gap;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.log.UndoLog.Extent;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Refuses work on a run of whose log something is gone, before anything is done: without it the work would be wrong. */
record LogCheck(Documents documents, Manifest manifest) {

    /** Why the log of {@code tables} does not do for {@code action}; empty if it is whole. */
    Optional<Prepared> refusal(Action action, Collection<TableName> tables, Phase phase) {
        var looks = looks(tables, extent(phase));
        var gone = documents
                .each(List.copyOf(looks.keySet()), key -> looks.get(key).get())
                .stream()
                .flatMap(Optional::stream)
                .flatMap(gap -> gap.objects().stream())
                .toList();
        return gone.isEmpty()
                ? Optional.empty()
                : Optional.of(Prepared.Refused.because("Cannot %s run %s: %s"
                        .formatted(action.verb(), manifest.run(), new Gap(gone).message("Nothing was changed."))));
    }

    private Map<ObjectKey, Supplier<Optional<Gap>>> looks(Collection<TableName> tables, Extent extent) {
        var folder = new RunFolder(manifest.run());
        var log = new UndoLog(documents, folder);
        var looks = new LinkedHashMap<ObjectKey, Supplier<Optional<Gap>>>();
        var units = tables.stream().map(manifest::unit).distinct().toList();
        for (var table : units) {
            for (var segment : Segment.all(manifest.table(table).allSegments())) {
                looks.put(folder.checkpoint(Stage.COPY, table, segment), () -> log.gap(table, segment, extent));
            }
        }
        return looks;
    }

    private static Extent extent(Phase phase) {
        return switch (phase) {
            case MIGRATED -> Extent.WHOLE_SEGMENT;
            case ANALYZING, TESTING, MIGRATING, ROLLING_BACK, READ, REFUSED, TESTED, ROLLED_BACK ->
                Extent.AS_FAR_AS_COPIED;
        };
    }
}
