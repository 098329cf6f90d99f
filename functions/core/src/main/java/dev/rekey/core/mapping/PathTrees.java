package dev.rekey.core.mapping;

import dev.rekey.core.identity.Families;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.ReferenceRule.Holder;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TablePlan;
import java.util.ArrayList;
import java.util.List;

/** Compiles a table's key and references into the tree of {@link PathTree}s. */
final class PathTrees {
    private final Families families;

    private PathTrees(Families families) {
        this.families = families;
    }

    /** @throws IllegalArgumentException if a family cannot be referred to, or two rules have one path */
    static PathTree of(TablePlan table, TableShape source, Families families) {
        var places = new PathTrees(families);
        var root = new PathTree();
        for (var attribute : source.keyAttributes()) {
            var steps = List.<Step>of(new Step.Field(attribute.name()));
            switch (KeyRoles.of(table, source).get(attribute.name())) {
                case KeyRole.Self _ -> root.add(steps, places.key(attribute.name(), table.family(), Holder.SELF));
                case KeyRole.Refers(var family) -> root.add(steps, places.key(attribute.name(), family, Holder.KEY));
                case KeyRole.Keep() -> {}
            }
        }
        table.references().stream()
                .filter(reference -> reference.as().isEmpty())
                .forEach(reference -> root.add(reference.path().steps(), rule(reference, families)));
        return root;
    }

    private ReferenceRule key(String attribute, FamilyName family, Holder holder) {
        var rule = families.rule(family);
        // A record that is merged away keeps its own id wherever it stays.
        return new ReferenceRule(attribute, holder == Holder.SELF ? rule.unmerged() : rule, OnOrphan.FAIL, holder);
    }

    private static ReferenceRule rule(Reference reference, Families families) {
        return new ReferenceRule(
                reference.path().text(), families.rule(reference.family()), reference.onOrphan(), Holder.ATTRIBUTE);
    }

    /** The references that stay as they are, whose new ids are written beside them. */
    static PathTree read(TablePlan table, Families families) {
        var root = new PathTree();
        table.references().stream()
                .filter(reference -> reference.as().isPresent())
                .forEach(reference -> root.add(reference.path().steps(), rule(reference, families)));
        return root;
    }

    static List<Beside> beside(TablePlan table, Families families) {
        var all = new ArrayList<Beside>();
        for (var reference : table.references()) {
            reference.as().ifPresent(as -> {
                var steps = reference.path().steps();
                var fields = steps.stream()
                        .filter(Step.Field.class::isInstance)
                        .map(step -> ((Step.Field) step).name())
                        .toList();
                all.add(new Beside(
                        rule(reference, families),
                        fields,
                        fields.size() < steps.size(),
                        as.attribute(),
                        as.onExisting()));
            });
        }
        return List.copyOf(all);
    }
}
