package dev.rekey.core.mapping;

import dev.rekey.core.identity.Families;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.Referred;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.ValueRule;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A value that is taken from the record that a reference points to. */
final class Through implements Setter.Value {
    /** Where the value goes, in the words of the plan. */
    private final String place;

    private final PathTree path;
    private final ValueRule.Through rule;
    private final FamilyName family;
    private final Optional<Renamed> renamed;
    private final Absences absences;
    private final Taken taken;

    /** In place, the reference may have its new name already. Its ids stay: what is referred to is the same. */
    private record Renamed(String from, String to) {
        static Optional<Renamed> of(TablePlan table, ReferencePath path) {
            return path.steps().getFirst() instanceof Step.Field(var from) && table.isInPlace()
                    ? Optional.ofNullable(table.rename().get(from)).map(to -> new Renamed(from, to))
                    : Optional.empty();
        }

        Map<String, AttributeValue> asBefore(Map<String, AttributeValue> record) {
            if (record.containsKey(from) || !record.containsKey(to)) {
                return record;
            }
            var before = new HashMap<>(record);
            before.put(from, record.get(to));
            return before;
        }
    }

    /** @throws IllegalArgumentException if the table has no such reference */
    Through(String place, ValueRule.Through rule, TablePlan table, Families families, Absences absences, Taken taken) {
        this.place = place;
        this.rule = rule;
        this.family = Referred.family(table, rule.path())
                .orElseThrow(() -> new IllegalArgumentException(table.name() + " has no reference " + rule.path()));
        this.path = new PathTree();
        this.path.add(
                rule.path().steps(),
                new ReferenceRule(
                        rule.path().text(), families.rule(family), OnOrphan.KEEP, ReferenceRule.Holder.ATTRIBUTE));
        this.renamed = Renamed.of(table, rule.path());
        this.absences = absences;
        this.taken = taken;
    }

    /** The reference in {@code source}; empty if it holds none. */
    Optional<ReferenceUse> use(Map<String, AttributeValue> source) {
        var collecting = new Collecting();
        var record = renamed.map(names -> names.asBefore(source)).orElse(source);
        new Walk(collecting).fields(path, absences.filledIfPossible(record));
        return collecting.uses().stream().findFirst();
    }

    @Override
    public Optional<AttributeValue> of(Inputs inputs) {
        return of(inputs.record());
    }

    /** The same of a record that was not merged away. */
    Optional<AttributeValue> of(Map<String, AttributeValue> source) {
        return switch (use(source).orElse(new ReferenceUse.Empty(place, family))) {
            case ReferenceUse.Used used -> value(used);
            case ReferenceUse.Empty _ -> Optional.empty();
            case ReferenceUse.Unusable bad -> throw new UnmappableException(bad.id(), bad.path(), bad.message());
        };
    }

    private Optional<AttributeValue> value(ReferenceUse.Used used) {
        return switch (taken.of(family, used.id(), rule.take())) {
            case Taken.Answer.Value(var value) -> Optional.of(value);
            case Taken.Answer.NoRecord _ -> Optional.empty();
            case Taken.Answer.NoAttribute _ ->
                throw new UnmappableException(
                        "mapping.take-missing",
                        place,
                        "the record that " + rule.path() + " points to has no attribute " + rule.take());
            case Taken.Answer.Unmappable(var id) ->
                throw new UnmappableException(
                        "mapping.take-unmappable",
                        place,
                        "the record that " + rule.path() + " points to cannot be mapped (" + id + ")");
        };
    }
}
