package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.Spilled;
import dev.rekey.engine.log.LogBatch;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.LogObject;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.SegmentLog;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.migration.InThread;
import dev.rekey.engine.migration.SteppingTime;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Tables.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sees every write at the moment of its effect, and says which rule it breaks. */
final class Watch {
    private final InMemoryTables tables;
    private final Documents documents;
    private final List<String> broken = new ArrayList<>();
    private final Map<RunId, Integer> fences = new HashMap<>();
    private final WrittenDown logged = new WrittenDown();
    private final WrittenDown befores = new WrittenDown();
    private final Map<RunId, Map<Spot, LogEntry>> entries = new HashMap<>();
    private final Map<String, RunId> writers = new HashMap<>();
    private final Map<Spot, Optional<Map<String, AttributeValue>>> strangers = new HashMap<>();
    private final Orders orders;
    private final History history;
    private final Moments moments;
    private final UpdateWatch updates;
    private final MergeWatch merges;
    private final CreatedWatch created;
    private final Leases leases;
    private final Owners ours = new Owners();
    private final Map<Spot, RunId> changedOurs = new HashMap<>();

    private final Twins twins = new Twins();

    /** A place in the source or in the target. */
    record Spot(String table, Key key) {
        /** The same in every process. */
        String name() {
            return table + " " + Spilled.text(key);
        }

        @Override
        public String toString() {
            return name();
        }
    }

    /**
     * @param beginning what stands where at the beginning
     * @param kin which records become one
     * @param clubs where clubs are created
     */
    Watch(
            InMemoryTables tables,
            InMemoryObjects objects,
            Map<Spot, Map<String, AttributeValue>> beginning,
            Kin.Rules kin,
            Clubs.Sides clubs) {
        this.tables = tables;
        this.history = new History(beginning);
        this.moments = new Moments(history);
        this.documents = documents(objects);
        this.orders = new Orders(documents);
        this.updates = new UpdateWatch(history, moments, orders, new YardMapping(documents), broken);
        this.merges = new MergeWatch(kin, history, moments, documents, broken);
        this.created = new CreatedWatch(clubs, history, moments, documents, broken);
        this.leases = new Leases(broken);
    }

    static Documents documents(Objects objects) {
        var time = new SteppingTime();
        var invocation =
                new Invocation("watch", time.instant().plusSeconds(60), time, new InThread(), new java.util.Random(0));
        return new Documents(objects, invocation.backoff());
    }

    /** Which rules were broken, the first first. */
    List<String> broken() {
        return broken;
    }

    /** What strangers wrote last, where they did; empty where they deleted. */
    Map<Spot, Optional<Map<String, AttributeValue>>> strangers() {
        return strangers;
    }

    History history() {
        return history;
    }

    Moments moments() {
        return moments;
    }

    Documents documents() {
        return documents;
    }

    /** From now on nobody of an earlier epoch may write for {@code run}. */
    void fenced(RunId run, int epoch) {
        fences.merge(run, epoch, Math::max);
        moments.fences(run);
    }

    /** Somebody else has written {@code content}, or deleted what was there. */
    void othersWrote(Spot at, Optional<Map<String, AttributeValue>> content) {
        updates.othersWrite(at, content);
        history.wrote(at, Optional.empty(), content);
        twins.decided(at);
        if (at.table().startsWith("src-")) {
            return;
        }
        strangers.put(at, content);
        var changed = Optional.ofNullable(changedOurs.remove(at));
        ours.lost(at)
                .filter(_ -> content.isPresent())
                .or(() -> changed)
                // What they put back as it was is no drift.
                .filter(run -> content.isEmpty() || !befores.has(run, at, content.get()))
                .ifPresent(run -> changedOurs.put(at, run));
    }

    /** A stranger has written what {@code by} was about to create; nobody need have been told. */
    void twinWrote(Worker by, PhysicalTable table, Map<String, AttributeValue> item) {
        var at = spot(table, item);
        updates.othersPutOurs(at, item);
        history.wrote(at, Optional.empty(), Optional.of(item));
        twins.wrote(by, at);
    }

    /** A condition has failed, and said so: there is a stranger's record, which equals {@code item}. */
    void twinAnswered(Worker by, PhysicalTable table, Map<String, AttributeValue> item) {
        twins.answered(by, spot(table, item));
    }

    Spot spot(PhysicalTable table, Map<String, AttributeValue> item) {
        return new Spot(table.name(), tables.describe(table).orElseThrow().keyOf(item));
    }

    /** Whether {@code run} has logged that it writes {@code content} there. */
    boolean logged(RunId run, Spot at, Map<String, AttributeValue> content) {
        return logged.has(run, at, content);
    }

    /** Whether another run than {@code run} has logged that it writes {@code item}. */
    boolean loggedByAnother(RunId run, PhysicalTable table, Map<String, AttributeValue> item) {
        return logged.anotherHas(run, spot(table, item), item);
    }

    /** What a run logged last of a target record; empty if nothing. */
    Optional<LogEntry> entry(RunId run, Spot at) {
        return Optional.ofNullable(entries.getOrDefault(run, Map.of()).get(at));
    }

    /** Records of a run that somebody else has changed, and that the run has not written again since. */
    Map<Spot, RunId> changedOurs() {
        return changedOurs;
    }

    /** Records that a run wrote last, and which run. */
    Map<Spot, RunId> ours() {
        return ours.now();
    }

    /** Whether a run has logged that it writes {@code content} there. */
    boolean isOurs(Spot at, Optional<Map<String, AttributeValue>> content) {
        return content.filter(item -> logged.anyHas(at, item)).isPresent();
    }

    Optional<Map<String, AttributeValue>> content(PhysicalTable table, Map<String, AttributeValue> item) {
        return tables.read(table, List.of(spot(table, item).key())).items().stream()
                .findFirst();
    }

    /** An item is about to be put without a condition. */
    void put(Worker by, PhysicalTable table, Map<String, AttributeValue> item) {
        wasPut(by, table, item, content(table, item));
    }

    void wasPut(
            Worker by,
            PhysicalTable table,
            Map<String, AttributeValue> item,
            Optional<Map<String, AttributeValue>> before) {
        var at = spot(table, item);
        written(by, at, before, Optional.of(item));
        var known = by.work().kind() == Platform.Kind.COPY ? logged : befores;
        if (!known.has(by.run(), at, item)) {
            broken.add("undo before effect: written without being logged: " + at);
        }
    }

    void wasDeleted(Worker by, PhysicalTable table, Key key, Optional<Map<String, AttributeValue>> before) {
        var at = new Spot(table.name(), key);
        written(by, at, before, Optional.empty());
        created.takenBack(by.run(), at, before.orElse(Map.of()), mayBeOurs());
    }

    /** Records that a run wrote last, or that count as written by it; and which run. */
    private Map<Spot, RunId> mayBeOurs() {
        var all = new HashMap<>(twins.undecided());
        all.putAll(ours.now());
        return all;
    }

    private void written(
            Worker by,
            Spot at,
            Optional<Map<String, AttributeValue>> before,
            Optional<Map<String, AttributeValue>> after) {
        history.wrote(at, Optional.of(by.run()), after);
        mayWrite(by, at);
        changedOurs.remove(at);
        twins.decided(at);
        if (by.work().kind() == Platform.Kind.COPY) {
            merges.copied(by.run(), at);
            ours.wrote(by.run(), at);
        } else {
            ours.undid(by.run(), at, after.isPresent());
        }
        var theirs = strangers.getOrDefault(at, Optional.empty());
        if (before.isPresent() && theirs.equals(before) && !mayReplace(by, at, before.get())) {
            broken.add("a stranger's record is lost: " + at);
        }
    }

    /** Some attributes of a record were updated. */
    void updated(Worker by, Update update, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        var at = new Spot(update.table().name(), update.key());
        updates.made(by, at, update, before, entry(by.run(), at));
        history.wrote(at, Optional.of(by.run()), Optional.of(after));
        mayWrite(by, at);
    }

    UpdateWatch updates() {
        return updates;
    }

    CreatedWatch created() {
        return created;
    }

    Orders orders() {
        return orders;
    }

    /** What holds of every write of a run. */
    private void mayWrite(Worker by, Spot at) {
        leases.written(by, at);
        if (by.work().epoch() < fences.getOrDefault(by.run(), 0)) {
            broken.add("nothing is written after rollback begins: epoch "
                    + by.work().epoch() + " of " + by.run() + " wrote " + at);
        }
        orders.brokenBy(by, at).ifPresent(broken::add);
        var earlier = writers.put(at.table(), by.run());
        if (earlier != null && !earlier.equals(by.run()) && isUnfinished(earlier)) {
            broken.add(
                    "one at a time: " + by.run() + " writes to " + at.table() + " while " + earlier + " is unfinished");
        }
    }

    /** Only where the plan overwrites, and their record is kept as a before-image. */
    private boolean mayReplace(Worker by, Spot at, Map<String, AttributeValue> theirs) {
        return by.work().kind() == Platform.Kind.COPY && befores.has(by.run(), at, theirs);
    }

    private boolean isUnfinished(RunId run) {
        return documents
                .get(new RunFolder(run).control(), Control.class)
                .value()
                .phase()
                .isUnfinished();
    }

    /** An object was read. */
    void read(Worker by, ObjectKey key, byte[] content) {
        orders.read(by, key, content);
        if (key.equals(new RunFolder(by.run()).control())) {
            // A worker reads it before every page.
            updates.begins(by);
        }
    }

    /** An object was put. */
    void put(ObjectKey key) {
        moments.put(key.name());
        neverAgain(key);
    }

    void deleted(ObjectKey key) {
        neverAgain(key);
    }

    private void neverAgain(ObjectKey key) {
        if (key.name().contains("/log/")) {
            broken.add("an object of the log stays as it is: " + key);
        }
    }

    /** An object was created. */
    void stored(Worker by, ObjectKey key, byte[] content) {
        leases.stored(by, key, content);
        merges.stored(by.run(), key);
        created.stored(by.run(), key);
        if (key.name().contains("/log/")) {
            // One object, which may be a supplement.
            var batch = new UndoLog(documents, new RunFolder(by.run())).read(new LogObject(key, 0, 0));
            for (var entry : batch.entries()) {
                if (entry.operation().leavesOut()) {
                    // It speaks of no target record.
                    continue;
                }
                var at = new Spot(batch.header().physical().name(), entry.key());
                if (entry.operation() instanceof Operation.Identical && twins.isTold(by, at)) {
                    othersWrote(
                            at, content(batch.header().physical(), entry.key().attributes()));
                }
                var table = batch.header().table();
                updates.logged(by, at, entry, table);
                entry.table()
                        .or(() -> Optional.of(table.named()).filter(_ -> table.isMergedAway()))
                        .ifPresent(one -> orders.logged(by.run(), at, one));
                entries.computeIfAbsent(by.run(), _ -> new HashMap<>())
                        .merge(at, entry, (was, is) -> WrittenDown.isFoundByCreation(table, was, is) ? was : is);
                if (entry.operation().writes()) {
                    logged.add(by.run(), at, entry.content());
                    entry.operation().before().ifPresent(image -> befores.add(by.run(), at, RecordDigest.of(image)));
                }
            }
        }
    }

    /** A checkpoint that goes on to the next page says that the page before is written. */
    void replaced(Worker by, ObjectKey key, byte[] before, byte[] after) {
        leases.stored(by, key, after);
        neverAgain(key);
        // After the fence closed, a checkpoint of the copy means nothing any more.
        if (!key.name().contains("/checkpoints/copy/") || by.work().epoch() < fences.getOrDefault(by.run(), 0)) {
            return;
        }
        int page = Documents.decode(key, before, Checkpoint.class).page();
        if (Documents.decode(key, after, Checkpoint.class).page() > page) {
            var parts = key.name().split("/", -1);
            var log = new UndoLog(documents, new RunFolder(by.run()));
            var refs = SegmentLog.load(log, new TableName(parts[4]), segment(parts[5].replace(".json", "")))
                    .last();
            updates.mustBeHeeded(by);
            refs.stream().filter(ref -> ref.page() == page).forEach(ref -> mustBeWritten(by, log.read(ref)));
        }
    }

    private void mustBeWritten(Worker by, LogBatch batch) {
        for (var entry : batch.entries()) {
            var at = new Spot(batch.header().physical().name(), entry.key());
            if (entry.operation() instanceof Operation.Update update) {
                updates.mustBeWritten(at, update);
                continue;
            }
            var there =
                    content(batch.header().physical(), entry.key().attributes()).map(RecordDigest::of);
            if (entry.operation() instanceof Operation.Create && twins.isTold(by, at)) {
                broken.add("an answered condition is heeded: logged as created, which it is not: " + at);
            }
            if (entry.operation().writes()
                    && !strangers.containsKey(at)
                    && !there.equals(Optional.of(entry.content()))) {
                broken.add("checkpoint after effect: not written: " + at);
            }
        }
    }

    private static Segment segment(String folder) {
        var numbers = folder.split("-of-", -1);
        return new Segment(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }
}
