package dev.rekey.core.mapping;

import dev.rekey.core.identity.AbsentIds;
import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TablePlan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The references of a table that lead to a created record where they hold no id ({@code onAbsent}). */
final class Absences {
    static final String PER_MISSING = "mapping.per-missing";

    private final TablePlan table;
    private final List<KeyAttribute> key;
    private final List<Absence> absences;

    private Absences(TablePlan table, List<KeyAttribute> key, List<Absence> absences) {
        this.table = table;
        this.key = key;
        this.absences = absences;
    }

    /**
     * One of these references.
     *
     * @param attribute that holds it
     * @param renamed what the plan calls it; in place, it may stand there already
     */
    record Absence(
            Reference reference, String attribute, Optional<String> renamed, Optional<String> per, AbsentIds ids) {
        boolean in(Map<String, AttributeValue> record) {
            return !isAValue(record, attribute)
                    && renamed.filter(name -> isAValue(record, name)).isEmpty();
        }
    }

    static Absences of(TablePlan table, TableShape source, Families families) {
        return new Absences(
                table,
                source.keyAttributes(),
                table.references().stream()
                        .flatMap(reference -> reference.creates().forAbsent().stream()
                                .map(absent -> new Absence(
                                        reference,
                                        attribute(reference),
                                        table.isInPlace()
                                                ? Optional.ofNullable(
                                                        table.rename().get(attribute(reference)))
                                                : Optional.empty(),
                                        absent.per(),
                                        AbsentIds.of(
                                                absent.plan(),
                                                families.rule(reference.family())
                                                        .family()))))
                        .toList());
    }

    private static String attribute(Reference reference) {
        return switch (reference.path().steps().getFirst()) {
            case Step.Field(var name) -> name;
            case Step.Elements _, Step.MapKeys _, Step.Json _ ->
                throw new IllegalArgumentException("a path begins with an attribute: " + reference.path());
        };
    }

    private static boolean isAValue(Map<String, AttributeValue> record, String attribute) {
        return Optional.ofNullable(record.get(attribute))
                .filter(Existing::isAValue)
                .isPresent();
    }

    /** Those of which {@code record} holds no id. */
    List<Absence> in(Map<String, AttributeValue> record) {
        return absences.isEmpty()
                ? absences
                : absences.stream().filter(absence -> absence.in(record)).toList();
    }

    /**
     * The id that {@code record} counts as referring to: the same whichever part of the table it is in.
     *
     * @throws UnmappableException if its {@code per} has no value, or none that an id can be made of
     */
    OldId id(Absence absence, Map<String, AttributeValue> record) {
        return absence.per()
                .map(name -> absence.ids().per(single(absence, name, record)))
                .orElseGet(() -> absence.ids()
                        .ofRecord(
                                table.name().named(),
                                key.stream()
                                        .map(attribute -> keyValue(record.get(attribute.name())))
                                        .toList()));
    }

    private static OldId single(Absence absence, String name, Map<String, AttributeValue> record) {
        var value = record.get(name);
        if (value == null || !Existing.isAValue(value)) {
            throw new UnmappableException(
                    PER_MISSING,
                    absence.reference().path().text(),
                    "needs a created record, but " + name + ", which per names, has no value");
        }
        return switch (value.type()) {
            case S, N, B -> keyValue(value);
            case SS, NS, BS, L, M, BOOL, NUL, UNKNOWN_TO_SDK_VERSION ->
                throw new UnmappableException(
                        Rewriting.WRONG_TYPE,
                        name,
                        "is of type " + value.type() + ", and records are created per text, number or binary only");
        };
    }

    private static OldId keyValue(AttributeValue value) {
        return (OldId) OldId.read(KeyType.valueOf(value.type().name()), value);
    }

    /**
     * {@code record} as it counts: with the ids of created records where it has none. The very same object if it has all.
     *
     * @throws UnmappableException as {@link #id} does
     */
    Map<String, AttributeValue> filled(Map<String, AttributeValue> record) {
        var absent = in(record);
        if (absent.isEmpty()) {
            return record;
        }
        var filled = new HashMap<>(record);
        for (var absence : absent) {
            filled.put(absence.attribute(), id(absence, record).value());
        }
        return filled;
    }

    /** The same, where a reference that no id can be made for stays absent. */
    Map<String, AttributeValue> filledIfPossible(Map<String, AttributeValue> record) {
        var ids = fillable(record);
        if (ids.isEmpty()) {
            return record;
        }
        var filled = new HashMap<>(record);
        ids.forEach((absence, id) -> filled.put(absence.attribute(), id.value()));
        return filled;
    }

    /** Paths of the references of {@code record} that hold no id and get one. */
    Set<String> paths(Map<String, AttributeValue> record) {
        return fillable(record).keySet().stream()
                .map(absence -> absence.reference().path().text())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Those of which {@code record} holds no id, with the id that can be made for each. */
    Map<Absence, OldId> fillable(Map<String, AttributeValue> record) {
        var ids = new LinkedHashMap<Absence, OldId>();
        for (var absence : in(record)) {
            try {
                ids.put(absence, id(absence, record));
            } catch (UnmappableException _) {
                // Mapping the record says so.
            }
        }
        return ids;
    }
}
