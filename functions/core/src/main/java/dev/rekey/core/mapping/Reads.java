package dev.rekey.core.mapping;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Creates;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.ValueRule;
import dev.rekey.core.plan.Where;
import dev.rekey.core.plan.document.ExpressionInputs;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The top-level attributes that can decide what becomes of a record of one table. */
final class Reads {
    private final Set<String> names = new TreeSet<>();
    private final Set<String> key = new TreeSet<>();
    /** Whether some expression can read any attribute. */
    private boolean everything;

    /** @param scope which of the table's records are looked at */
    Reads(TablePlan table, TableShape shape, Where scope) {
        shape.keyAttributes().forEach(attribute -> key.add(attribute.name()));
        table.references().forEach(this::reference);
        names.addAll(table.set().keySet());
        table.set().values().forEach(this::rule);
        names.addAll(table.rename().keySet());
        names.addAll(table.rename().values());
        names.addAll(table.drop());
        shape.timeToLive().ifPresent(names::add);
        table.kind().ifPresent(kind -> names.addAll(kind.match().keySet()));
        where(table.where());
        where(scope);
    }

    private void reference(Reference reference) {
        if (reference.path().steps().getFirst() instanceof Step.Field(var name)) {
            names.add(name);
        }
        reference.as().ifPresent(as -> names.add(as.attribute()));
        reference.creates().forAbsent().flatMap(Creates.Absent::per).ifPresent(names::add);
    }

    private void rule(ValueRule rule) {
        switch (rule) {
            case ValueRule.Expression(var jsonata, var _) -> expression(jsonata);
            // The attribute that holds the reference is read as any reference is.
            case ValueRule.Literal _, ValueRule.Through _ -> {}
            case ValueRule.IfAbsent(var value) -> rule(value);
        }
    }

    private void where(Where where) {
        switch (where) {
            case Where.Everything() -> {}
            case Where.Equal(var values) -> names.addAll(values.keySet());
            case Where.Written(var values) -> names.addAll(values.keySet());
            case Where.Expression(var jsonata, var _) -> expression(jsonata);
        }
    }

    private void expression(String jsonata) {
        var inputs = ExpressionInputs.of(jsonata);
        everything |= inputs.everything();
        names.addAll(inputs.attributes());
    }

    /** What these attributes hold in {@code record}, and whether they are there at all. */
    Map<String, Optional<AttributeValue>> of(Map<String, AttributeValue> record) {
        var read = new TreeMap<String, Optional<AttributeValue>>();
        names.forEach(name -> read.put(name, Optional.ofNullable(record.get(name))));
        if (everything) {
            record.forEach((name, value) -> read.put(name, Optional.of(value)));
        }
        read.keySet().removeAll(key);
        return read;
    }
}
