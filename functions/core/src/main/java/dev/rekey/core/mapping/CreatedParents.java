package dev.rekey.core.mapping;

import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.Setter.Value;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.KindOfRecords;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.Referred;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.ValueRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The records that the references of one table create. They are records as the source would hold them, and are mapped by
 * the rules of their own table. Built once, then used by any number of threads at once.
 */
public final class CreatedParents {
    private final Absences absences;
    private final Map<String, Template> forAbsent = new HashMap<>();
    private final Map<String, Template> forOrphan = new HashMap<>();

    /**
     * A record that is to be created, unless the source has it.
     *
     * @param table that it belongs to, by its name in the plan
     * @param family of the table
     * @param id its own identity, an old id
     * @param reference that has no other record to point to, as the plan writes its path
     * @param record as the source would hold it
     */
    public record Parent(
            TableName table, FamilyName family, OldId id, String reference, Map<String, AttributeValue> record) {
        public Parent {
            record = Collections.unmodifiableSortedMap(new TreeMap<>(record));
        }
    }

    /**
     * What the records of one reference are made of.
     *
     * @param match what makes them records of their table
     */
    private record Template(
            Reference reference,
            TableName table,
            KeyAttribute self,
            Map<String, AttributeValue> match,
            Map<String, Value> attributes) {
        Parent parent(OldId id, Optional<AttributeValue> per) {
            var record = new HashMap<>(match);
            var inputs = Inputs.ofCreated(per);
            attributes.forEach((name, value) -> value.of(inputs).ifPresent(attribute -> record.put(name, attribute)));
            record.put(self.name(), id.value());
            return new Parent(table, reference.family(), id, reference.path().text(), record);
        }
    }

    private CreatedParents(Absences absences) {
        this.absences = absences;
    }

    /**
     * @param table whose records refer to them
     * @param sources shapes by the plan's names; must hold the table and those that it refers to
     * @throws IllegalArgumentException if the plan does not fit the tables: {@code validate} finds that before
     */
    public static CreatedParents of(Plan plan, TablePlan table, Map<TableName, TableShape> sources, Families families) {
        var created = new CreatedParents(Absences.of(table, sources.get(table.name()), families));
        for (var reference : table.references()) {
            var path = reference.path().text();
            reference
                    .creates()
                    .forAbsent()
                    .ifPresent(absent -> created.forAbsent.put(
                            path, template(plan, reference, "onAbsent", absent.attributes(), sources)));
            reference
                    .creates()
                    .forOrphan()
                    .ifPresent(attributes ->
                            created.forOrphan.put(path, template(plan, reference, "onOrphan", attributes, sources)));
        }
        return created;
    }

    private static Template template(
            Plan plan,
            Reference reference,
            String option,
            Map<String, ValueRule> rules,
            Map<TableName, TableShape> sources) {
        var parent = Referred.table(plan.tables(), reference.family())
                .orElseThrow(() -> new IllegalArgumentException("no table has the ids of " + reference.family()));
        var self = KeyRoles.self(parent, sources.get(parent.name()))
                .orElseThrow(() -> new IllegalArgumentException(parent.name() + " has no ids of its own"));
        var path = "references." + reference.path() + "." + option + ".create.";
        var attributes = new TreeMap<String, Value>();
        // Nothing that differs from run to run is in them.
        rules.forEach((name, rule) -> attributes.put(name, Setter.value(path + name, rule, Instant.EPOCH)));
        return new Template(
                reference,
                parent.name(),
                self,
                parent.kind().map(KindOfRecords::match).orElse(Map.of()),
                attributes);
    }

    /** Whether no reference of the table creates a record. */
    public boolean isEmpty() {
        return forAbsent.isEmpty() && forOrphan.isEmpty();
    }

    /** Whether records are created for ids that no record has. */
    public boolean createsForOrphans() {
        return !forOrphan.isEmpty();
    }

    /**
     * What {@code record} needs because references hold no id: at most one for each reference. Does not ask {@code where}.
     *
     * @throws UnmappableException if one cannot be created
     */
    public List<Parent> ofAbsent(Map<String, AttributeValue> record) {
        var parents = new ArrayList<Parent>();
        for (var absence : absences.in(record)) {
            parents.add(forAbsent
                    .get(absence.reference().path().text())
                    .parent(absences.id(absence, record), absence.per().map(record::get)));
        }
        return List.copyOf(parents);
    }

    /**
     * What is created if {@code use}, a reference of a record of the table, points to no record; empty if nothing is.
     *
     * @throws UnmappableException if it cannot be created
     */
    public Optional<Parent> ofOrphan(ReferenceUse.Used use) {
        return Optional.ofNullable(forOrphan.get(use.path()))
                .map(template -> template.parent(use.id(), Optional.empty()));
    }
}
