package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.check.KnownFamilies;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads the option {@code key} of a table. */
final class KeyReading {
    private static final Set<String> ROLES = Set.of("self", "keep");

    private final KnownFamilies families;
    private final Problems problems;

    KeyReading(KnownFamilies families, Problems problems) {
        this.families = families;
        this.problems = problems;
    }

    Map<String, KeyRole> key(Node.Fields options, PlanPath table) {
        var roles = new LinkedHashMap<String, KeyRole>();
        options.fields("key").values().forEach((attribute, node) -> {
            if (node instanceof Node.Text(var text, var _)) {
                roles.put(attribute, role(text, table.to("key").to(attribute)));
            } else if (node instanceof Node.Fields fields && fields.has("self")) {
                roles.put(attribute, new KeyRole.Self(KeyRole.Form.OPAQUE));
            }
        });
        if (roles.values().stream().filter(KeyRole.Self.class::isInstance).count() > 1) {
            tooManySelves(problems, table);
        }
        return Collections.unmodifiableMap(roles);
    }

    private KeyRole role(String text, PlanPath path) {
        return switch (text) {
            case "self" -> new KeyRole.Self();
            case "keep" -> new KeyRole.Keep();
            default -> new KeyRole.Refers(families.known(text, path, ProblemKind.KEY_UNKNOWN_FAMILY, ROLES));
        };
    }

    private static void tooManySelves(Problems problems, PlanPath table) {
        problems.add(
                ProblemKind.KEY_MORE_THAN_ONE_SELF,
                table.to("key"),
                "More than one key attribute is self.",
                "Make one attribute self, and the others keep or a family.");
    }

    static void refuseRemoveReference(Problems problems, PlanPath path) {
        problems.add(
                ProblemKind.KEY_REMOVE_REFERENCE,
                path,
                "A reference in a key cannot be removed, because every record needs its key.",
                "Write only the name of the family.");
    }
}
