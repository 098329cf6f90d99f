package dev.rekey.engine.analyze;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.WorkLists;
import dev.rekey.engine.scan.HotKeyProgress.Cut;
import dev.rekey.engine.scan.Ranges;
import dev.rekey.engine.segment.StageCheckpoints;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives large partition key values segments of their own before the first record is copied: in the manifest, and in the
 * lists of what is copied and compared. All follows from checkpoints that are done, so that another attempt writes the same.
 */
record Dividing(Documents documents, RunFolder folder) {
    void divide(StageCheckpoints read) {
        var cuts = cuts(read);
        if (cuts.isEmpty()) {
            return;
        }
        // The same: nothing is large enough, or an earlier attempt came this far, perhaps no further.
        var divided = documents.change(
                folder.manifest(),
                Manifest.class,
                found -> Optional.of(divided(found, cuts)).filter(next -> !next.equals(found)));
        new WorkLists(documents).divide(divided);
    }

    private static Map<TableName, List<Cut>> cuts(StageCheckpoints read) {
        var cuts = new HashMap<TableName, List<Cut>>();
        for (var segment : read.segments()) {
            segment.checkpoint()
                    .collected()
                    .passage()
                    .filter(passage -> !passage.cuts().isEmpty())
                    .ifPresent(passage -> cuts.computeIfAbsent(segment.table(), _ -> new ArrayList<>())
                            .addAll(passage.cuts()));
        }
        return cuts;
    }

    private static Manifest divided(Manifest manifest, Map<TableName, List<Cut>> cuts) {
        var tables = new HashMap<TableName, TableOfRun>();
        manifest.tables().forEach((name, table) -> {
            var here = cuts.getOrDefault(manifest.unit(name), List.of());
            var source = here.stream().map(Cut::source).toList();
            var target =
                    here.stream().map(Cut::target).flatMap(Optional::stream).toList();
            tables.put(name, table.divided(Ranges.of(table.source(), source), Ranges.of(table.target(), target)));
        });
        return manifest.with(tables);
    }
}
