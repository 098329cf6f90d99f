package dev.rekey.engine.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a bucket says of how runs ended, whether or not an execution lived on to say so. */
record Ends(InMemoryObjects objects) {
    /** By id, so that the last is the newest. */
    SortedMap<RunId, Phase> phases() {
        var phases = new TreeMap<RunId, Phase>(Comparator.comparing(RunId::value));
        objects.contents().forEach((key, content) -> {
            if (key.endsWith("/control.json")) {
                var run = new RunId(key.split("/", -1)[1]);
                phases.put(
                        run,
                        Documents.decode(new RunFolder(run).control(), content, Control.class)
                                .phase());
            }
        });
        return phases;
    }

    /** How a run is rolled back, or was last. */
    Undoing undoing(RunId run) {
        var key = new RunFolder(run).control();
        return Documents.decode(key, objects.get(key).orElseThrow().content(), Control.class)
                .undoing();
    }

    /** Newest first. */
    List<RunId> migrated() {
        return phases().entrySet().stream()
                .filter(run -> run.getValue() == Phase.MIGRATED)
                .map(Map.Entry::getKey)
                .toList()
                .reversed();
    }

    /** What the reports of rollbacks list, those after a test as well. */
    Map<RunId, List<String>> drift() {
        var drift = new HashMap<RunId, List<String>>();
        objects.contents().forEach((key, content) -> {
            boolean isOfRollback = key.contains("/reports/rolledBack") || key.contains("/reports/tested");
            if (isOfRollback && key.endsWith(".json")) {
                var listed = drift.computeIfAbsent(new RunId(key.split("/", -1)[1]), _ -> new ArrayList<>());
                Documents.decode(new ObjectKey(key), content, JsonNode.class)
                        .path("drift")
                        .forEach(line -> listed.add(line.textValue()));
            }
        });
        return drift;
    }
}
