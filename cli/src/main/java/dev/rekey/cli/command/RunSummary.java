package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is to be known of a run at a glance. Either document may not be there yet: a run is prepared step by step. */
record RunSummary(RunId id, Optional<Manifest> manifest, Optional<Control> control) {
    String plan() {
        return manifest.map(found -> found.plan().value()).orElse("-");
    }

    String action() {
        return manifest.map(Manifest::action).orElse("-");
    }

    String started() {
        return manifest.map(Manifest::startedAt).orElseGet(id::startedAt).toString();
    }

    String phase() {
        return control.map(Control::phase)
                .filter(found -> manifest.isPresent() || !found.isUnfinished())
                .map(RunSummary::word)
                .orElse("preparing");
    }

    /** Whether anything of the run is there. */
    boolean exists() {
        return manifest.isPresent() || control.isPresent();
    }

    static String word(Phase phase) {
        return switch (phase) {
            case ANALYZING -> "analyzing";
            case TESTING -> "testing";
            case MIGRATING -> "migrating";
            case ROLLING_BACK -> "rollingBack";
            case READ -> "read";
            case REFUSED -> "refused";
            case MIGRATED -> "migrated";
            case TESTED -> "tested";
            case ROLLED_BACK -> "rolledBack";
        };
    }

    /** Since when; empty if the run is not paused. */
    Optional<Instant> paused() {
        return control.flatMap(Control::paused);
    }

    /** By the probe of the source. */
    long estimatedRecords() {
        return manifest.stream()
                .flatMap(found -> found.tables().values().stream())
                .mapToLong(Manifest.TableOfRun::estimatedRecords)
                .sum();
    }

    /** Values that were given for the run in place of the plan's. */
    Map<String, String> parameters() {
        return manifest.map(found -> found.options().parameters()).orElse(Map.of());
    }

    Scope scopeOrAll() {
        return manifest.map(found -> found.options().scope()).orElse(Scope.ALL);
    }

    /** What the run was restricted to, such as {@code tenant_id=1}; empty for the whole plan. */
    List<String> scope() {
        return words(scopeOrAll());
    }

    /** The parts of a migrated run that were rolled back, such as {@code tenant_id=1}; empty if none was. */
    List<String> partlyRolledBack() {
        return control.filter(found -> found.phase() == Phase.MIGRATED)
                .map(found -> found.undoing().parts().stream()
                        .map(part -> String.join(", ", words(part)))
                        .toList())
                .orElse(List.of());
    }

    private static List<String> words(Scope scope) {
        var words = new ArrayList<String>();
        scope.tables().forEach(table -> words.add("table " + table));
        new TreeMap<>(scope.where()).forEach((attribute, value) -> words.add(attribute + "=" + value));
        return words;
    }

    ObjectNode json() {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("run", id.value())
                .put("plan", plan())
                .put("action", action())
                .put("phase", phase())
                .put("started", started())
                .put("records", estimatedRecords());
        if (!parameters().isEmpty()) {
            var given = document.putObject("parameters");
            parameters().forEach(given::put);
        }
        if (!scope().isEmpty()) {
            var list = document.putArray("scope");
            scope().forEach(list::add);
        }
        if (!partlyRolledBack().isEmpty()) {
            var list = document.putArray("partlyRolledBack");
            partlyRolledBack().forEach(list::add);
        }
        paused().ifPresent(since -> document.put("paused", since.toString()));
        return document;
    }
}
