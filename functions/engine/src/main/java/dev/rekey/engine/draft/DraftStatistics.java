package dev.rekey.engine.draft;

import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.engine.join.NameLikeness;
import dev.rekey.engine.join.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was counted of all tables, and what follows from it. */
final class DraftStatistics {
    private final KeySets sets;
    private final List<Counted> tables;
    private final Map<KeySet, Judgement> keys = new HashMap<>();

    /** All records of one table. */
    record Counted(SourceTable table, long records, PathNode root, CompositeTallies composites) {
        PathTally tallyOf(KeySet key) {
            return root.at(new Step.Field(key.attribute().name()))
                    .map(node -> node.tally())
                    .orElseThrow(() -> new IllegalStateException("a table has too many attributes"));
        }

        Judge judge() {
            return new Judge(table, records);
        }

        boolean isUnique(KeySet key) {
            return key.hashes().size() == records;
        }
    }

    DraftStatistics(KeySets sets, List<Counted> tables) {
        this.sets = sets;
        this.tables = List.copyOf(tables);
    }

    List<TableDraft> drafts() {
        judgeKeys();
        var families = families();
        return tables.stream().map(table -> draft(table, families)).toList();
    }

    /** First against tables whose key is one attribute, which hold an identity; then against the sort keys of others. */
    private void judgeKeys() {
        var single = sets.all().stream().filter(KeySet::isOnlyKey).toList();
        for (var table : tables) {
            for (var key : sets.of(table.table())) {
                var others = single.stream()
                        .filter(set -> !set.table().equals(table.table()))
                        .filter(set -> !refers(set))
                        .toList();
                judgeKey(table, key, others);
            }
        }
        var sorts = families().stream().filter(KeySet::sort).toList();
        for (var table : tables) {
            for (var key : sets.of(table.table())) {
                if (!key.sort() && !refers(key)) {
                    var others = sorts.stream()
                            .filter(set -> !set.table().equals(table.table()))
                            .toList();
                    judgeKey(table, key, others);
                }
            }
        }
        tables.forEach(this::doubtSharedPartitions);
    }

    /** Partition keys of two tables that hold the same ids, of a table that is not here: which one's are they? */
    private void doubtSharedPartitions(Counted table) {
        var key = sets.of(table.table()).getFirst();
        var others = families().stream()
                .filter(set -> !set.sort() && !set.isOnlyKey())
                .filter(set -> !set.table().equals(table.table()))
                .toList();
        if (!key.isOnlyKey() && !refers(key) && judgement(table, key, others) instanceof Judgement.Reference(var to)) {
            keys.merge(key, new Judgement.Doubtful(List.of(to)), DraftStatistics::stronger);
        }
    }

    private static Judgement judgement(Counted table, KeySet key, List<KeySet> others) {
        var path = List.<Step>of(new Step.Field(key.attribute().name()));
        return table.judge().judge(path, table.tallyOf(key), others);
    }

    private void judgeKey(Counted table, KeySet key, List<KeySet> others) {
        keys.merge(key, ofKey(key, table.tallyOf(key), judgement(table, key, others)), DraftStatistics::stronger);
    }

    /** Keys are ids anyhow, so what matches by accident is not worth a word. */
    private Judgement ofKey(KeySet key, PathTally tally, Judgement judgement) {
        return switch (judgement) {
            case Judgement.Reference(var to)
            when key.isOnlyKey() && !mayBeAnothersId(key, to) -> ofKey(key, tally, new Judgement.Doubtful(List.of(to)));
            case Judgement.Reference _ -> judgement;
            case Judgement.Doubtful(var candidates) ->
                tally.isTelling() || candidates.getFirst().name().isStrong() ? judgement : new Judgement.Nothing();
            case Judgement.Named _ -> judgement;
            case Judgement.Accident _, Judgement.Nothing _ -> new Judgement.Nothing();
        };
    }

    /** A record's whole identity is another's only if the attribute is named after that one. */
    private boolean mayBeAnothersId(KeySet key, Candidate to) {
        return to.name().isStrong() && !isNamedAfterOwnTable(key) && !isReferredTo(key);
    }

    private static boolean isNamedAfterOwnTable(KeySet key) {
        return Words.of(List.of(key.attribute().name()))
                        .likeness(key.table().name().value())
                == NameLikeness.EQUAL;
    }

    private boolean isReferredTo(KeySet key) {
        return keys.values().stream()
                .anyMatch(judgement -> judgement instanceof Judgement.Reference(var to)
                        && to.set().equals(key));
    }

    private static Judgement stronger(Judgement before, Judgement now) {
        return now instanceof Judgement.Reference || before instanceof Judgement.Nothing ? now : before;
    }

    private boolean refers(KeySet key) {
        return keys.get(key) instanceof Judgement.Reference;
    }

    /** For each table the one key attribute that holds its records' identity, if there is one. */
    private List<KeySet> families() {
        var families = new ArrayList<KeySet>();
        for (var table : tables) {
            var own = sets.of(table.table());
            if (!refers(own.getFirst())) {
                families.add(own.getFirst());
            } else if (own.size() > 1 && !refers(own.getLast()) && table.isUnique(own.getLast())) {
                families.add(own.getLast());
            }
        }
        return families;
    }

    private TableDraft draft(Counted table, List<KeySet> families) {
        var own = sets.of(table.table());
        var byName = new ByName(this, families);
        var found = references(table, families, byName);
        var roles = new LinkedHashMap<KeySet, TableDraft.KeyDraft>();
        for (var key : own) {
            var path = List.<Step>of(new Step.Field(key.attribute().name()));
            var judgement = table.records() == 0 ? byName.judge(table.table(), path) : keys.get(key);
            roles.put(
                    key,
                    new TableDraft.KeyDraft(
                            role(key), TableDraft.DraftedReference.of(path, table.tallyOf(key), judgement)));
        }
        var composites = composites(table, families, found);
        found.keySet()
                .removeIf(path -> path.size() == 1
                        && composites.stream().anyMatch(key -> path.equals(List.of(new Step.Field(key.attribute())))));
        return new TableDraft(table.table(), table.records(), roles, List.copyOf(found.values()), composites);
    }

    private Map<List<Step>, TableDraft.DraftedReference> references(
            Counted table, List<KeySet> families, ByName byName) {
        var found = new LinkedHashMap<List<Step>, TableDraft.DraftedReference>();
        var mapsById = new ArrayList<List<Step>>();
        table.root().visit((path, tally) -> {
            var judgement =
                    isKeyOf(table, path) ? new Judgement.Nothing() : judged(table, families, byName, path, tally);
            if (!(judgement instanceof Judgement.Nothing)) {
                found.put(path, TableDraft.DraftedReference.of(path, tally, judgement));
            }
            if (Judge.isKeyedById(path, tally, judgement)) {
                mapsById.add(path.subList(0, path.size() - 1));
            }
        });
        // The names in such a map are data, and no path of a plan.
        mapsById.forEach(map -> found.keySet().removeIf(path -> isWithin(path, map)));
        if (table.records() == 0) {
            byName.ofIndexes(table.table())
                    .forEach(path -> found.put(
                            path,
                            TableDraft.DraftedReference.of(
                                    path, new PathTally(sets.all().size()), byName.judge(table.table(), path))));
        }
        return found;
    }

    private static boolean isWithin(List<Step> path, List<Step> map) {
        return path.size() > map.size()
                && path.subList(0, map.size()).equals(map)
                && path.get(map.size()) instanceof Step.Field;
    }

    private static Judgement judged(
            Counted table, List<KeySet> families, ByName byName, List<Step> path, PathTally tally) {
        return tally.matchesAny()
                ? table.judge().judge(path, tally, families)
                : byName.judgeAmongEmpty(table.table(), path);
    }

    /** The attributes of keys that hold ids and more; what is a reference as a whole is none. */
    private List<TableDraft.CompositeKey> composites(
            Counted table, List<KeySet> families, Map<List<Step>, TableDraft.DraftedReference> found) {
        var composites = new ArrayList<TableDraft.CompositeKey>();
        table.composites().forEach((attribute, tally) -> {
            var path = List.<Step>of(new Step.Field(attribute));
            var key = sets.of(table.table()).stream()
                    .filter(set -> set.attribute().name().equals(attribute))
                    .findFirst();
            boolean reference = key.filter(this::refers).isPresent()
                    || (found.containsKey(path) && found.get(path).judgement() instanceof Judgement.Reference);
            var facts = reference
                    ? List.<String>of()
                    : tally.facts(families, set -> key.filter(set::equals).isPresent());
            if (!facts.isEmpty()) {
                composites.add(new TableDraft.CompositeKey(attribute, facts));
            }
        });
        return composites;
    }

    /** Whether no record of the table of {@code key} was there to compare with. */
    boolean isEmpty(KeySet key) {
        return key.hashes().size() == 0;
    }

    private String role(KeySet key) {
        if (keys.get(key) instanceof Judgement.Reference(var to)) {
            return to.set().table().name().value();
        }
        return key.sort() && !isReferencedAnywhere(key) ? "keep" : "self";
    }

    /** Whether a sort key is an identity at all: somebody refers to it. */
    private boolean isReferencedAnywhere(KeySet key) {
        var families = families();
        return families.contains(key)
                && (isReferredTo(key) || tables.stream().anyMatch(table -> refersTo(table, families, key)));
    }

    private boolean refersTo(Counted table, List<KeySet> families, KeySet key) {
        var found = new ArrayList<Judgement>();
        table.root().visit((path, tally) -> {
            if (tally.matched(key) > 0 && !isKeyOf(table, path)) {
                found.add(table.judge().judge(path, tally, families));
            }
        });
        return found.stream()
                .anyMatch(judgement -> judgement instanceof Judgement.Reference(var to)
                        && to.set().equals(key));
    }

    private boolean isKeyOf(Counted table, List<Step> path) {
        return path.size() == 1
                && sets.of(table.table()).stream()
                        .anyMatch(key -> path.getFirst()
                                .equals(new Step.Field(key.attribute().name())));
    }
}
