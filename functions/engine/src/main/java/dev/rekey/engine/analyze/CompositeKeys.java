package dev.rekey.engine.analyze;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.Certainty;
import dev.rekey.engine.join.Composite;
import dev.rekey.engine.join.CompositePrefixes;
import dev.rekey.engine.join.Place.Piece;
import dev.rekey.engine.join.Sighting;
import dev.rekey.engine.join.Words;
import dev.rekey.engine.run.RunContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Says of composite values in keys whether ids are in them that a migration would leave behind or tear apart. */
public final class CompositeKeys {
    public static final String ID = "key.composite";

    private final RunContext run;

    public CompositeKeys(RunContext run) {
        this.run = run;
    }

    private record Attribute(TableName table, String name) {}

    /** What is known of the values of one shape. */
    private record Evidence(Certainty certainty, String message, long count, List<String> examples) {
        private static final Comparator<Evidence> BEST_FIRST =
                Comparator.comparing(Evidence::certainty).thenComparing(one -> -one.count());
    }

    /** Several for each attribute: one for each record that is named. */
    public List<Finding> findings(List<Sighting> sightings) {
        var attributes = new LinkedHashMap<Attribute, List<Sighting>>();
        for (var seen : sightings) {
            var where = seen.where();
            attributes
                    .computeIfAbsent(new Attribute(where.table(), where.path()), _ -> new ArrayList<>())
                    .add(seen);
        }
        return attributes.entrySet().stream()
                .flatMap(one -> findings(one.getKey(), one.getValue()).stream())
                .toList();
    }

    private List<Finding> findings(Attribute attribute, List<Sighting> sightings) {
        var shapes = sightings.stream()
                .collect(Collectors.groupingBy(seen -> piece(seen).shape(), TreeMap::new, Collectors.toList()));
        var prefixes = isReplaced(attribute) ? CompositePrefixes.shared(wholes(sightings)) : List.<String>of();
        var found = shapes.entrySet().stream()
                .flatMap(shape -> best(attribute, shape.getValue(), prefixes.contains(shape.getKey())).stream())
                .sorted(Evidence.BEST_FIRST)
                .toList();
        var sure =
                found.stream().filter(one -> one.certainty() == Certainty.SURE).toList();
        return (sure.isEmpty() ? found : sure)
                .stream().flatMap(one -> each(attribute, one).stream()).toList();
    }

    private static Piece piece(Sighting seen) {
        return (Piece) seen.where().part();
    }

    private static Map<String, Long> wholes(List<Sighting> sightings) {
        return sightings.stream()
                .filter(seen -> piece(seen).isWhole())
                .collect(Collectors.groupingBy(seen -> piece(seen).shape(), Collectors.summingLong(Sighting::values)));
    }

    /** Whether the attribute holds the records' own identity, and that changes. */
    private boolean isReplaced(Attribute attribute) {
        var plan = run.plan().table(attribute.table());
        return UndecidedKeys.changes(run, plan.family()) && isSelf(attribute);
    }

    private boolean isSelf(Attribute attribute) {
        var shape = run.manifest().table(attribute.table()).source();
        return KeyRoles.self(run.plan().table(attribute.table()), shape)
                .filter(self -> self.name().equals(attribute.name()))
                .isPresent();
    }

    private Optional<Evidence> best(Attribute attribute, List<Sighting> ofShape, boolean sharedPrefix) {
        var found = new ArrayList<Evidence>();
        for (var seen : ofShape) {
            seen.hits().keySet().stream()
                    .filter(family -> UndecidedKeys.changes(run, family) && !isOwnId(attribute, seen, family))
                    .map(family -> ids(seen, family))
                    .filter(one -> one.certainty() != Certainty.NONE)
                    .forEach(found::add);
            if (sharedPrefix && piece(seen).isWhole()) {
                found.add(prefix(seen));
            }
        }
        return found.stream().min(Evidence.BEST_FIRST);
    }

    /** A record's own id is no reference. */
    private boolean isOwnId(Attribute attribute, Sighting seen, FamilyName family) {
        return piece(seen).isWhole()
                && isSelf(attribute)
                && family.equals(run.plan().table(attribute.table()).family());
    }

    private Evidence ids(Sighting seen, FamilyName family) {
        var piece = piece(seen);
        var hits = seen.hits(family);
        var what = piece.isWhole()
                ? "values such as " + Composite.shown(piece.shape()) + " are ids of " + family
                : piece.place() + " of values such as " + Composite.shown(piece.shape())
                        + (piece.areParts() ? " are" : " is") + " an id of " + family;
        return new Evidence(
                Certainty.of(piece, seen.values(), hits, isNamed(piece.after(), family)),
                what + ", whose records get new ids, and the plan does not declare what the attribute holds",
                hits.matched(),
                seen.examples());
    }

    private Evidence prefix(Sighting seen) {
        return new Evidence(
                Certainty.SURE,
                Wording.count(seen.values(), "value") + Wording.agree(seen.values(), " has", " have") + " the form "
                        + Composite.shown(piece(seen).shape())
                        + ", and new ids would replace the whole values with their prefix",
                seen.values(),
                seen.examples());
    }

    private boolean isNamed(String word, FamilyName family) {
        return run.plan().tables().stream()
                .filter(table -> table.family().equals(family))
                .anyMatch(table -> Words.isShortFor(word, table.name().value()));
    }

    /** The last example stands for all that are not named. */
    private static List<Finding> each(Attribute attribute, Evidence evidence) {
        var named = evidence.examples().stream()
                .distinct()
                .limit(Math.max(1, evidence.count()))
                .toList();
        // What is found is found, even if no partition kept a record to show.
        var examples = named.isEmpty() ? List.of(Finding.NO_RECORD) : named;
        int last = examples.size() - 1;
        return IntStream.rangeClosed(0, last)
                .mapToObj(i -> finding(attribute, evidence, examples.get(i), i < last ? 1 : evidence.count() - last))
                .toList();
    }

    private static Finding finding(Attribute attribute, Evidence evidence, String record, long count) {
        return new Finding(
                evidence.certainty() == Certainty.SURE ? Severity.ERROR : Severity.WARNING,
                ID,
                attribute.table(),
                attribute.name(),
                evidence.message(),
                record,
                count);
    }
}
