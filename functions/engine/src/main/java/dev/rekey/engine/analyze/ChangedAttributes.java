package dev.rekey.engine.analyze;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.analyze.RecordChange.AttributeChange;
import dev.rekey.engine.analyze.RecordChange.What;
import dev.rekey.engine.run.ChangeDetail;
import dev.rekey.engine.run.Manifest.TableOfRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Compares a record before and after, attribute by attribute. Built once for a table, then only read. */
final class ChangedAttributes {
    private final ChangeDetail detail;
    private final Set<String> keys;
    private final Map<String, String> rename;
    private final Set<String> referring;

    ChangedAttributes(TablePlan plan, TableOfRun table, ChangeDetail detail) {
        this.detail = detail;
        this.keys = new HashSet<>(keysOf(table.source()));
        this.keys.retainAll(keysOf(table.target()));
        this.rename = plan.rename();
        this.referring = plan.references().stream()
                .map(reference -> reference.path().steps().getFirst())
                .filter(Step.Field.class::isInstance)
                .map(step -> ((Step.Field) step).name())
                .collect(Collectors.toSet());
    }

    private static Set<String> keysOf(TableShape shape) {
        return shape.keyAttributes().stream().map(KeyAttribute::name).collect(Collectors.toSet());
    }

    List<AttributeChange> between(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        var changes = new ArrayList<AttributeChange>();
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeAll(keys);
        rename.forEach((from, to) -> {
            if (before.containsKey(from) && !after.containsKey(from) && after.containsKey(to)) {
                names.removeAll(List.of(from, to));
                changes.add(change(from, Optional.of(to), before.get(from), after.get(to)));
            }
        });
        for (var name : names) {
            var was = Optional.ofNullable(before.get(name));
            var is = Optional.ofNullable(after.get(name));
            if (was.isEmpty() || is.isEmpty()) {
                changes.add(change(name, is.isEmpty() ? What.REMOVED : What.ADDED, Optional.empty(), was, is));
            } else if (!SameContent.same(was.get(), is.get())) {
                changes.add(change(name, Optional.empty(), was.get(), is.get()));
            }
        }
        return changes;
    }

    /** Of an attribute that is there before and after. */
    private AttributeChange change(String name, Optional<String> to, AttributeValue was, AttributeValue is) {
        var what = referring.contains(name) ? What.REWRITTEN : What.CHANGED;
        return change(name, SameContent.same(was, is) ? What.RENAMED : what, to, Optional.of(was), Optional.of(is));
    }

    private AttributeChange change(
            String name, What what, Optional<String> to, Optional<AttributeValue> was, Optional<AttributeValue> is) {
        return switch (detail) {
            case NAMES -> new AttributeChange(name, what, to, Optional.empty(), Optional.empty());
            case VALUES ->
                new AttributeChange(name, what, to, was.map(TypedJson::valueText), is.map(TypedJson::valueText));
        };
    }
}
