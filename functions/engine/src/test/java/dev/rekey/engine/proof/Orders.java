package dev.rekey.engine.proof;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What operators ordered of a run, and whether workers obey. */
final class Orders {
    private final Documents documents;
    private final Set<Worker> paused = new HashSet<>();
    private final Map<RunId, Scope> scopes = new HashMap<>();
    private final Map<RunId, Map<Spot, String>> tables = new HashMap<>();

    Orders(Documents documents) {
        this.documents = documents;
    }

    /** A worker reads an object: the control says whether it may begin a page. */
    void read(Worker by, ObjectKey key, byte[] content) {
        if (key.equals(new RunFolder(by.run()).control())) {
            boolean stops =
                    Documents.decode(key, content, Control.class).paused().isPresent();
            var _ = stops ? paused.add(by) : paused.remove(by);
        }
    }

    /** Which order a worker breaks that writes; empty if none. */
    Optional<String> brokenBy(Worker by, Spot at) {
        return switch (by.work().kind()) {
            case COPY -> rest(by, at);
            case UNDO -> rest(by, at).or(() -> otherTable(by, at));
            case FENCE, OPERATOR, OTHER -> Optional.empty();
        };
    }

    private Optional<String> rest(Worker by, Spot at) {
        return paused.contains(by) ? Optional.of("a paused run rests: " + by.run() + " wrote " + at) : Optional.empty();
    }

    /** Whoever takes one table back, perhaps with those that refer to it, leaves all others alone. */
    private Optional<String> otherTable(Worker by, Spot at) {
        var undoing = undoing(by);
        return undoing.flatMap(Undoing::table)
                .filter(table -> !tables(table, undoing.get().cascade()).contains(tableOf(by.run(), at)))
                .map(table -> "one table is taken back: " + table + ", and " + by.run() + " wrote " + at);
    }

    /** A run has logged a record as one of this table. */
    void logged(RunId run, Spot at, TableName table) {
        tables.computeIfAbsent(run, _ -> new HashMap<>()).put(at, table.value());
    }

    /**
     * The plan's table as one of whose records a run logged what stands there. Where it worked on one table only, its log
     * does not name it.
     */
    String tableOf(RunId run, Spot at) {
        var only = scope(run).tables();
        var named = tables.getOrDefault(run, Map.of());
        if (named.containsKey(at) || only.size() != 1) {
            return named.getOrDefault(at, at.table().replaceFirst("^(dst|own|new)-", ""));
        }
        return only.getFirst().value();
    }

    private static List<String> tables(String table, boolean cascade) {
        return cascade ? Ward.withReferring(table) : List.of(table);
    }

    /** How a worker was told to roll its run back; empty if the run belongs to another execution by now. */
    Optional<Undoing> undoing(Worker by) {
        var control =
                documents.get(new RunFolder(by.run()).control(), Control.class).value();
        return Optional.of(control.undoing())
                .filter(_ -> control.epoch() == by.work().epoch());
    }

    /** The part of the plan that a run works on. */
    Scope scope(RunId run) {
        return scopes.computeIfAbsent(
                run,
                one -> documents
                        .get(new RunFolder(one).manifest(), Manifest.class)
                        .value()
                        .options()
                        .scope());
    }
}
