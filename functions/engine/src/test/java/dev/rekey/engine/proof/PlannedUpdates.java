package dev.rekey.engine.proof;

import dev.rekey.core.mapping.InPlaceOutcome;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.Touched;
import dev.rekey.engine.proof.Progress.State;
import dev.rekey.engine.proof.Watch.Spot;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Tables.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Holds every update of a run against what its plan does with the record that stands there at that very moment. */
final class PlannedUpdates {
    private final History history;
    private final Moments moments;
    private final YardMapping mapping;
    private final List<String> broken;
    /** When a worker began its page: since then it may have read what others are. */
    private final Map<Worker, Long> begun = new HashMap<>();
    /** The table of the run in whose log a record stands. */
    private final Map<Logged, TableName> units = new HashMap<>();

    private record Logged(RunId run, Spot at) {}

    PlannedUpdates(History history, Moments moments, YardMapping mapping, List<String> broken) {
        this.history = history;
        this.moments = moments;
        this.mapping = mapping;
        this.broken = broken;
    }

    void begins(Worker by) {
        begun.put(by, history.moment());
    }

    void logged(RunId run, Spot at, TableName unit) {
        units.put(new Logged(run, at), unit);
    }

    static Set<String> names(Update update) {
        var names = new HashSet<>(update.set().keySet());
        names.addAll(update.remove());
        return names;
    }

    void made(Worker by, Spot at, Update update, Map<String, AttributeValue> before) {
        var marked = Optional.ofNullable(units.get(new Logged(by.run(), at))).filter(TableName::isMergedAway);
        var faults = marked.or(() -> Yard.tableOf(at, before)).stream()
                .flatMap(table -> outcomes(by, at, table, before))
                .map(outcome -> faults(outcome, at, update))
                .toList();
        if (faults.isEmpty()) {
            broken.add("what is left out is never written: " + at);
        } else if (faults.stream().noneMatch(List::isEmpty)) {
            broken.addAll(faults.getLast());
        }
        marked.ifPresent(table -> marked(by.run(), at, table));
    }

    /** What the plan does with the record, by every value that the worker may have taken of another. */
    private Stream<InPlaceOutcome> outcomes(Worker by, Spot at, TableName table, Map<String, AttributeValue> before) {
        var referee = mapping.referee(by.run(), before);
        var kin = Yard.kin(at, before);
        return read(by, referee)
                .flatMap(person -> read(by, kin)
                        .map(other -> mapping.map(
                                by.run(),
                                table,
                                before,
                                one -> kin.filter(one::equals).isPresent() && !referee.equals(kin) ? other : person)));
    }

    /** What a worker may have read there for its page. */
    private Stream<Optional<Map<String, AttributeValue>>> read(Worker by, Optional<Spot> at) {
        return at
                .map(one -> history.during(one, begun.getOrDefault(by, 0L), Long.MAX_VALUE))
                .orElse(List.of(Optional.empty()))
                .stream();
    }

    private static List<String> faults(InPlaceOutcome outcome, Spot at, Update update) {
        if (outcome instanceof MappingOutcome.FilteredOut) {
            return List.of("what is left out is never written: " + at);
        }
        if (outcome instanceof MappingOutcome.MergedAway) {
            return List.of("a merged record is not changed like others: " + at);
        }
        if (!(outcome instanceof InPlaceOutcome.Update plan)) {
            return List.of("a record is changed once: there was nothing to change: " + at);
        }
        var faults = new ArrayList<String>();
        var decides = new HashSet<>(plan.touched().keySet());
        decides.addAll(plan.read().keySet());
        if (!update.expected().keySet().containsAll(decides)) {
            decides.removeAll(update.expected().keySet());
            faults.add("the condition covers what was read or touched: not " + decides + " of " + at);
        }
        if (!plan.touched().keySet().containsAll(names(update))) {
            faults.add("what the plan does not touch is never written: " + names(update) + " of " + at);
        }
        plan.touched().forEach((name, touch) -> {
            if (!Touched.same(touch.after(), Touched.of(update.set(), name))) {
                faults.add("what is written follows from what stands there: " + name + " of " + at);
            }
        });
        return faults;
    }

    /** A record is marked as merged: what the run has met, and nobody has changed since, refers to the survivor by now. */
    private void marked(RunId run, Spot at, TableName table) {
        long prepared = moments.first(run, State.PREPARE);
        var survivor = Yard.folk(MergeWatch.of(mapping.documents(), run)
                .survivor(new Kin.Member(table.named().value(), Yard.id(at)))
                .id());
        if (!stood(at, table, prepared) || !stood(survivor, table, prepared)) {
            // A reference to a record that is not there stays as it is.
            return;
        }
        var clubs = new Clubs(Yard.CLUBS, history.now());
        boolean clubsHaveChanged = history.spots(Yard.CLUBS.source()).stream()
                .anyMatch(club -> history.changedByOthers(club, prepared, Long.MAX_VALUE));
        history.now().forEach((from, record) -> {
            // What has lost its club does not fit the plan, and is late.
            boolean isLate = clubsHaveChanged && clubs.lacksClubOf(from);
            if (!isLate
                    && !history.changedByOthers(from, prepared, Long.MAX_VALUE)
                    && refers(run, from, record, table, at)) {
                broken.add("nothing refers to a record that is marked as merged: %s to %s".formatted(from, at));
            }
        });
    }

    private boolean stood(Spot at, TableName table, long since) {
        var own = Optional.of(table.named());
        return history.during(at, since, Long.MAX_VALUE).stream()
                .allMatch(content -> content.filter(
                                record -> Yard.tableOf(at, record).equals(own))
                        .isPresent());
    }

    /** Also one whose merge has ended since: it is named, and another run changes it. */
    private boolean wasMerged(RunId run, TableName table, Spot at) {
        return FrozenMerges.find(mapping.documents(), new RunFolder(run)).orElse(FrozenMerges.NONE).all().stream()
                .anyMatch(one -> one.family().value().equals(table.value())
                        && one.merged().canonical().equals(Yard.id(at)));
    }

    /** Whether a record that is not merged itself refers to {@code to}, a record of {@code table}. */
    private boolean refers(RunId run, Spot from, Map<String, AttributeValue> record, TableName table, Spot to) {
        return Yard.tableOf(from, record)
                .filter(own -> own.equals(new TableName("Notes")) || !wasMerged(run, own, from))
                .flatMap(own -> Yard.reference(own, table.named()))
                .map(record::get)
                .filter(AttributeValue.fromS(Yard.id(to))::equals)
                .isPresent();
    }
}
