package dev.rekey.engine.earlier;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.LoggedCreations;
import dev.rekey.engine.log.LoggedPages;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.RolledBackParts;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Manifest.Shapes;
import dev.rekey.engine.run.Once;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Documents.Versioned;
import dev.rekey.engine.undo.StandingWrites;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run that has migrated, as those that come after it ask about it: it counts by what it did, to these tables, as far as
 * that was not taken back. Reads nothing before it is asked, and nothing twice.
 */
public final class EarlierRun {
    private final Documents documents;
    private final RunId id;
    private final Once<Optional<Manifest>> manifest;
    private final Once<Undoing> undoing;
    private final RolledBackParts parts;
    private final Once<LoggedCreations> creations;
    private final Map<TableName, Boolean> takenBack = new HashMap<>();

    EarlierRun(Documents documents, RunId id) {
        this.documents = documents;
        this.id = id;
        this.manifest = new Once<>(
                () -> documents.find(folder().manifest(), Manifest.class).map(Versioned::value));
        this.undoing = new Once<>(
                () -> documents.get(folder().control(), Control.class).value().undoing());
        this.creations = new Once<>(() -> new LoggedCreations(documents, manifest()));
        this.parts = new RolledBackParts(() -> undoing.get().parts());
    }

    public RunId id() {
        return id;
    }

    public RunFolder folder() {
        return new RunFolder(id);
    }

    /** @throws java.util.NoSuchElementException if it is gone: then the run wrote to no table that anybody knows of */
    public Manifest manifest() {
        return manifest.get().orElseThrow();
    }

    /** Whether what it knew as the plan's {@code table}, to write to it or to look up records, is the same on both sides. */
    public boolean knew(TableName table, Shapes now) {
        return manifest.get()
                .filter(it -> it.known().contains(table))
                .map(it -> it.shapes(table))
                .filter(then -> then.source().isSameTableAs(now.source())
                        && then.target().isSameTableAs(now.target()))
                .isPresent();
    }

    /** Whether both runs knew the plan's {@code table}, and it was the same. */
    public boolean knew(TableName table, Manifest now) {
        return now.known().contains(table) && knew(table, now.shapes(table));
    }

    /** Whether what it read as tables of the plan are these {@code sources}, as far as both sides knew them. */
    boolean read(Map<TableName, TableShape> sources) {
        return manifest.get()
                .filter(it -> it.known().stream()
                        .filter(sources::containsKey)
                        .allMatch(table -> it.shapes(table).source().isSameTableAs(sources.get(table))))
                .isPresent();
    }

    /** Whether it worked on the plan's {@code table}, which was {@code target} then, and not all of that was taken back. */
    public boolean counts(TableName table, TableShape target) {
        return manifest.get()
                        .filter(it -> it.tables().containsKey(table))
                        .filter(it -> it.table(table).target().isSameTableAs(target))
                        .isPresent()
                && !isTakenBack(table);
    }

    /** Whether the run was of the whole plan, and no part of it was taken back. */
    public boolean isWhole() {
        return manifest().options().scope().isEverything() && !isRolledBackInPart();
    }

    /** Whether a part of it was taken back: what others had changed there may still be as the run wrote it. */
    public boolean isRolledBackInPart() {
        return !undoing.get().parts().isEmpty();
    }

    boolean isOfPart(Map<String, String> where) {
        return manifest.get()
                .filter(it -> it.options().scope().where().equals(where))
                .isPresent();
    }

    /** Whether it created the record {@code key} because others refer to it. */
    boolean created(TableName table, Key key) {
        return manifest.get().isPresent() && creations.get().contains(table, key);
    }

    /** Whether {@code table} was taken back by itself, while the run stayed migrated. */
    public synchronized boolean isTakenBack(TableName table) {
        return takenBack.computeIfAbsent(table, one -> parts.includeAll(one) || wasUndone(one));
    }

    /** Rollbacks of several tables did not always name them all. */
    private boolean wasUndone(TableName table) {
        boolean never = undoing.get().equals(Undoing.ALL);
        return !never
                && undoing.get().ofAllValues().stream()
                        .map(stage -> folder().checkpointPrefix(stage) + table.value() + "/")
                        .anyMatch(prefix -> !documents.list(prefix).isEmpty());
    }

    /** Whether some records of {@code table} were taken back. */
    public boolean isPartlyTakenBack(TableName table) {
        return parts.includeSome(table);
    }

    /**
     * What the run wrote to {@code table} and was not taken back, page by page, by target key. What the rollback of a part left
     * alone, since others had changed it, still holds what the run wrote as far as anybody can tell from the log.
     */
    public Stream<Map<Key, Logged>> standing(TableName table) {
        if (isTakenBack(table)) {
            return Stream.empty();
        }
        if (isPartlyTakenBack(table)) {
            return new StandingWrites(documents, manifest(), undoing.get()).of(table);
        }
        var unit = manifest().unit(table);
        var log = new UndoLog(documents, folder());
        return Segment.all(manifest().table(unit).allSegments()).stream()
                .flatMap(segment -> LoggedPages.of(log, unit, table, segment).all());
    }

    /** Whether what it wrote of the record {@code key} was taken back, unless others had changed it. */
    public boolean isTakenBack(TableName table, Key key, Operation operation) {
        return parts.include(table, key, operation);
    }
}
