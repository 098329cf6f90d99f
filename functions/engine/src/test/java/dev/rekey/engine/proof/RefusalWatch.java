package dev.rekey.engine.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.proof.Progress.State;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Watches that an analysis takes nothing for an orphan that is there, and refuses no run because of what came late. */
final class RefusalWatch {
    private static final Pattern ANALYZED = Pattern.compile("runs/([^/]+)/reports/analysis\\.json");

    private final Watch watch;

    RefusalWatch(Watch watch) {
        this.watch = watch;
    }

    /** An object was put. */
    void put(ObjectKey key) {
        var analyzed = ANALYZED.matcher(key.name());
        if (!analyzed.matches()) {
            return;
        }
        var run = new RunId(analyzed.group(1));
        var analysis = watch.documents().get(key, JsonNode.class).value();
        for (var orphan : analysis.path("orphans")) {
            var record = "src-" + orphan.path("family").asText();
            var id = Ward.text(orphan.path("id").path("canonical").asText());
            if (wasThere(new Spot(record, new Key(Map.of("id", id))), run)) {
                watch.broken().add("what is there is no orphan: " + orphan + " of " + run);
            }
        }
        for (var blocker : analysis.path("blockers")) {
            var table = blocker.path("table").asText();
            if (creates(run)
                    && blocker.path("id").asText().equals("reference.orphan")
                    && List.of("Members", "Clubs").contains(table)) {
                watch.broken().add("what needs a created record too late refuses no run: " + blocker + " of " + run);
            }
        }
    }

    /** A run of a part of the tables creates nothing for the others. */
    private boolean creates(RunId run) {
        var manifest = watch.documents().get(new RunFolder(run).manifest(), Manifest.class);
        return manifest.value().tables().keySet().stream().anyMatch(TableName::isCreated);
    }

    /** From when all of the source was read until now. */
    private boolean wasThere(Spot at, RunId run) {
        long now = watch.history().moment();
        return watch.history().during(at, watch.moments().first(run, State.MATCH), now).stream()
                .allMatch(item ->
                        item.filter(content -> Ward.moves(at.table(), content)).isPresent());
    }
}
