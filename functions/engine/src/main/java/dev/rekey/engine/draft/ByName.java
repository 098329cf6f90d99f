package dev.rekey.engine.draft;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.engine.join.NameLikeness;
import dev.rekey.engine.join.PlaceName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What names alone speak for, where a table is empty: nothing that a plan holds unasked. */
record ByName(DraftStatistics census, List<KeySet> families) {

    /** For an attribute of an empty table. */
    Judgement judge(SourceTable table, List<Step> path) {
        return judge(table, path, _ -> true);
    }

    /** For an attribute whose values are no ids of any table that has records. */
    Judgement judgeAmongEmpty(SourceTable table, List<Step> path) {
        return judge(table, path, census::isEmpty);
    }

    private Judgement judge(SourceTable table, List<Step> path, Predicate<KeySet> to) {
        var name = PlaceName.of(path);
        if (!(path.getLast() instanceof Step.Field) || isNamedAfter(name, table)) {
            return new Judgement.Nothing();
        }
        return families.stream()
                .filter(to)
                .filter(set -> !set.table().equals(table) && isNamedAfter(name, set.table()))
                .max(Comparator.comparing(
                        set -> name.likeness(set.table().name().value())))
                .<Judgement>map(Judgement.Named::new)
                .orElseGet(Judgement.Nothing::new);
    }

    private static boolean isNamedAfter(PlaceName name, SourceTable table) {
        var likeness = name.likeness(table.name().value());
        return likeness == NameLikeness.EQUAL
                || (likeness.isStrong() && name.words().saysId());
    }

    /** The attributes of an empty table that are known beside its key: those of indexes that are named after a table. */
    List<List<Step>> ofIndexes(SourceTable table) {
        var key = table.shape().keyAttributes();
        return table.shape().indexes().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(index -> index.getValue().stream())
                .filter(attribute -> !key.contains(attribute))
                .map(KeyAttribute::name)
                .distinct()
                .map(name -> List.<Step>of(new Step.Field(name)))
                .filter(path -> judge(table, path) instanceof Judgement.Named)
                .toList();
    }
}
