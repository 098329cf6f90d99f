package dev.rekey.core.mapping;

import dev.rekey.core.identity.Families;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TablePlan;
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
            switch (Families.role(table, source, attribute)) {
                case KeyRole.Self _ -> root.add(steps, places.key(attribute.name(), table.family(), true));
                case KeyRole.Refers(var family) -> root.add(steps, places.key(attribute.name(), family, false));
                case KeyRole.Keep() -> {}
            }
        }
        for (var reference : table.references()) {
            var derivation = families.rule(reference.family());
            var path = reference.path();
            root.add(path.steps(), new ReferenceRule(path.text(), derivation, reference.onOrphan(), false));
        }
        return root;
    }

    private ReferenceRule key(String attribute, FamilyName family, boolean own) {
        return new ReferenceRule(attribute, families.rule(family), OnOrphan.FAIL, own);
    }
}
