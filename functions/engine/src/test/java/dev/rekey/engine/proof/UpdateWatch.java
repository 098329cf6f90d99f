package dev.rekey.engine.proof;

import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.Where;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.Touched;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.Tables.Update;
import dev.rekey.engine.store.Tables.WriteOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sees every update of a record in place at the moment of its effect, and says which rule it breaks. */
final class UpdateWatch {
    private final History history;
    private final Orders orders;
    private final YardMapping mapping;
    private final PlannedUpdates planned;
    private final List<String> broken;
    private final Map<Changed, List<Map<String, AttributeValue>>> changed = new HashMap<>();
    private final Map<Attribute, Ours> ours = new HashMap<>();
    /** What the run has taken back since it wrote it: another run may write the same again. */
    private final Set<Attribute> restored = new HashSet<>();
    /** Records that an application has written. */
    private final Set<Spot> theirs = new HashSet<>();
    /** Updates that are logged and of which the worker does not know whether they happened. */
    private final Set<Attempt> open = new HashSet<>();
    /** Where an answer was lost: what equals ours counts as ours from then on. */
    private final Set<Attempt> lost = new HashSet<>();
    /** Where an answer said that nothing was written, and no supplement says so yet. */
    private final Set<Attempt> refused = new HashSet<>();
    /** Where an application wrote the value that stood there because of us: it cannot be told whose that is. */
    private final Set<Spot> ambiguous = new HashSet<>();

    private Optional<Rival> rival = Optional.empty();

    /** An application that writes just before the update of a run takes effect. */
    interface Rival {
        /** It has written what {@code update} would write. */
        void wroteTheSame(Spot at, Update update);

        /** It writes to the record whatever it likes. */
        void writes(Spot at);
    }

    private record Attribute(RunId run, Spot at, String name) {}

    /** A record that a run has updated. */
    private record Changed(RunId run, Spot at) {}

    /** An attempt of one worker at one record. */
    private record Attempt(Worker by, Spot at) {}

    /**
     * What a run made of an attribute.
     *
     * @param before what stood there before the first write
     * @param values everything that was written, each while the one before was there
     * @param sure whether no application has written the attribute since
     */
    private record Ours(Optional<AttributeValue> before, Set<Optional<AttributeValue>> values, boolean sure) {
        Ours and(Optional<AttributeValue> value) {
            var all = new HashSet<>(values);
            all.add(value);
            return new Ours(before, all, sure);
        }

        Ours unsure() {
            return new Ours(before, values, false);
        }

        boolean holds(Optional<AttributeValue> value) {
            return values.stream().anyMatch(one -> Touched.same(one, value));
        }
    }

    UpdateWatch(History history, Moments moments, Orders orders, YardMapping mapping, List<String> broken) {
        this.history = history;
        this.mapping = mapping;
        this.planned = new PlannedUpdates(history, moments, mapping, broken);
        this.orders = orders;
        this.broken = broken;
    }

    /** Whether an application has written the record. */
    boolean isTheirs(Spot at) {
        return theirs.contains(at);
    }

    /** Whether it cannot be told who wrote an attribute of the record: after a lost answer or a death, or afterwards. */
    boolean isAmbiguous(Spot at) {
        return ambiguous.contains(at) || isUndecided(at);
    }

    /** Whether a worker does not know what became of its update, or died before it logged that there was none. */
    private boolean isUndecided(Spot at) {
        return Stream.of(open, lost, refused)
                .flatMap(Set::stream)
                .anyMatch(one -> one.at().equals(at));
    }

    /** An application is about to write. */
    void othersWrite(Spot at, Optional<Map<String, AttributeValue>> content) {
        theirs.add(at);
        var before = history.now(at).orElse(Map.of());
        ours.replaceAll((attribute, one) -> {
            boolean changed = attribute.at().equals(at)
                    && !Touched.same(
                            Touched.of(before, attribute.name()),
                            Touched.of(content.orElse(Map.of()), attribute.name()));
            return changed ? one.unsure() : one;
        });
    }

    /** From now on {@code application} writes just before a run does. */
    void rival(Rival application) {
        rival = Optional.of(application);
    }

    /** An application writes to a record that a run is about to update. */
    void rivalWrites(Spot at) {
        rival.ifPresent(one -> one.writes(at));
    }

    /** An application is about to write what {@code update} would write. */
    void othersWrite(Spot at, Update update) {
        othersWriteOurs(at, PlannedUpdates.names(update)::contains, update.set());
        rival.ifPresent(one -> one.wroteTheSame(at, update));
    }

    /** An application is about to write values, of which some may be what a run has written. */
    void othersWriteOurs(Spot at, Map<String, AttributeValue> content) {
        othersWriteOurs(at, content::containsKey, content);
    }

    /** The same of a whole record: an attribute that it does not have may be one that a run has removed. */
    void othersPutOurs(Spot at, Map<String, AttributeValue> item) {
        othersWriteOurs(at, _ -> true, item);
    }

    private void othersWriteOurs(Spot at, Predicate<String> names, Map<String, AttributeValue> content) {
        boolean written = ours.entrySet().stream()
                .filter(one ->
                        one.getKey().at().equals(at) && names.test(one.getKey().name()))
                .anyMatch(one ->
                        one.getValue().holds(Touched.of(content, one.getKey().name())));
        if (written) {
            ambiguous.add(at);
        }
    }

    YardMapping mapping() {
        return mapping;
    }

    /** A worker is about to begin a page. */
    void begins(Worker by) {
        planned.begins(by);
    }

    /**
     * A worker has logged what it does with a record.
     *
     * @param unit the table in whose log it stands
     */
    void logged(Worker by, Spot at, LogEntry entry, TableName unit) {
        planned.logged(by.run(), at, unit);
        var attempt = new Attempt(by, at);
        boolean wasRefused = refused.remove(attempt);
        if (!(entry.operation() instanceof Operation.Update update)) {
            return;
        }
        boolean knows = !isUndecided(at);
        update.touched().forEach((name, one) -> {
            var own = Optional.ofNullable(ours.get(new Attribute(by.run(), at, name)));
            boolean isOwn = own.filter(chain -> chain.holds(one.found())).isPresent();
            if (wasRefused && knows && Touched.same(one.found(), one.after()) && !isOwn) {
                broken.add("an answered condition is heeded: logged as ours, which it is not: " + name + " of " + at);
            }
            if (isOwn
                    && knows
                    && own.get().sure()
                    && !Touched.same(one.before(), own.get().before())) {
                broken.add("a before-image is carried over: " + name + " of " + at);
            }
        });
        if (update.touched().values().stream().anyMatch(one -> !Touched.same(one.found(), one.after()))) {
            open.add(attempt);
        }
    }

    /** A worker got an answer. */
    void answered(Worker by, Update update, WriteOutcome answer) {
        if (by.work().kind() != Platform.Kind.COPY) {
            return;
        }
        var attempt = new Attempt(by, new Spot(update.table().name(), update.key()));
        switch (answer) {
            case WriteOutcome.Done _ -> open.remove(attempt);
            case WriteOutcome.ConditionFailed _ -> {
                open.remove(attempt);
                if (!lost.contains(attempt)) {
                    refused.add(attempt);
                }
            }
            case WriteOutcome.Throttled _ -> {}
            case WriteOutcome.Unknown _ -> lost.add(attempt);
        }
    }

    /** An update took effect; {@code entry} is what was logged last of the record. */
    void made(Worker by, Spot at, Update update, Map<String, AttributeValue> before, Optional<LogEntry> entry) {
        var logged = entry.map(LogEntry::operation);
        switch (by.work().kind()) {
            case COPY -> {
                planned.made(by, at, update, before);
                changed.computeIfAbsent(new Changed(by.run(), at), _ -> new ArrayList<>())
                        .add(before);
                if (!isLogged(update, before, logged)) {
                    broken.add("undo before effect: updated without being logged: " + at);
                }
                PlannedUpdates.names(update).forEach(name -> own(new Attribute(by.run(), at, name), update, before));
            }
            case UNDO -> takenBack(by, at, update, before, logged);
            case FENCE, OPERATOR, OTHER -> broken.add("nobody else updates: " + at);
        }
    }

    private void own(Attribute attribute, Update update, Map<String, AttributeValue> before) {
        var was = Touched.of(before, attribute.name());
        var is = Touched.of(update.set(), attribute.name());
        restored.remove(attribute);
        ours.compute(
                attribute, (_, one) -> one != null && one.holds(was) ? one.and(is) : new Ours(was, Set.of(is), true));
    }

    private static boolean isLogged(Update update, Map<String, AttributeValue> before, Optional<Operation> logged) {
        if (!(logged.orElse(null) instanceof Operation.Update entry)) {
            return false;
        }
        return PlannedUpdates.names(update).stream().allMatch(name -> {
            var one = Optional.ofNullable(entry.touched().get(name));
            return one.filter(touched -> Touched.same(touched.found(), Touched.of(before, name))
                            && Touched.same(touched.after(), Touched.of(update.set(), name)))
                    .isPresent();
        });
    }

    private void takenBack(
            Worker by, Spot at, Update update, Map<String, AttributeValue> before, Optional<Operation> logged) {
        if (isUndecided(at)) {
            // What a worker knows and has not logged yet, because it froze, it may log when it is too late.
            ambiguous.add(at);
        }
        var part = orders.undoing(by).filter(one -> !one.where().isEmpty());
        if (part.isPresent() && !isAmbiguous(at) && !mayBeIn(part.get(), by.run(), at)) {
            broken.add("one tenant is taken back, and all others stay as they are: " + at);
        }
        if (!(logged.orElse(null) instanceof Operation.Update)) {
            broken.add("what is disclaimed is never restored: " + at);
        }
        for (var name : PlannedUpdates.names(update)) {
            var own = Optional.ofNullable(ours.get(new Attribute(by.run(), at, name)));
            var was = Touched.of(before, name);
            boolean isOwn = own.filter(one -> one.holds(was)).isPresent();
            if (!isOwn && !isAmbiguous(at)) {
                broken.add("only what we wrote is taken back: " + name + " of " + at + " was " + was);
            }
            if (isOwn
                    && own.get().sure()
                    && !isAmbiguous(at)
                    && !Touched.same(own.get().before(), Touched.of(update.set(), name))) {
                broken.add("rollback restores what stood there before the first write: " + name + " of " + at);
            }
            restored.add(new Attribute(by.run(), at, name));
        }
    }

    /** A checkpoint says that a page is done that logs this update. */
    void mustBeWritten(Spot at, Operation.Update update) {
        var there = history.now(at).orElse(Map.of());
        boolean written = update.touched().entrySet().stream()
                .allMatch(one -> Touched.same(one.getValue().after(), Touched.of(there, one.getKey())));
        if (!written && !isTheirs(at)) {
            broken.add("checkpoint after effect: not updated: " + at);
        }
    }

    /** A checkpoint of {@code by} says that a page is done. */
    void mustBeHeeded(Worker by) {
        refused.stream()
                .filter(one -> one.by() == by)
                .forEach(one -> broken.add("an answered condition is heeded: no supplement says so: " + one.at()));
    }

    /** Attributes that still hold what a run wrote, although it was rolled back; none that others have written. */
    Set<Spot> left(RunId run, Map<Spot, Map<String, AttributeValue>> there) {
        var left = new HashSet<Spot>();
        ours.forEach((attribute, one) -> {
            var now = Touched.of(there.getOrDefault(attribute.at(), Map.of()), attribute.name());
            if (attribute.run().equals(run)
                    && one.sure()
                    && one.holds(now)
                    && !Touched.same(now, one.before())
                    && !restored.contains(attribute)) {
                left.add(attribute.at());
            }
        });
        return left;
    }

    /** Of those, the records that a rollback of a part of the run is about; none of which others made something else. */
    Set<Spot> leftOf(Undoing part, RunId run, Map<Spot, Map<String, AttributeValue>> there) {
        var left = left(run, there);
        left.removeIf(at -> isTheirs(at)
                || part.table()
                        .filter(table -> !table.equals(orders.tableOf(run, at)))
                        .isPresent()
                || !mayBeIn(part, run, at));
        return left;
    }

    /** Whether a record had the values when a run updated it: others may have changed them between two attempts. */
    private boolean mayBeIn(Undoing part, RunId run, Spot at) {
        return changed.getOrDefault(new Changed(run, at), List.of()).stream()
                .anyMatch(new Where.Written(part.where())::holds);
    }
}
