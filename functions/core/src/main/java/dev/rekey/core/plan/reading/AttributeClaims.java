package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TablePlan;
import java.util.HashMap;
import java.util.Map;

/** Sees to it that at most one rule of a table gives an attribute its value. */
final class AttributeClaims {
    private record Claim(String option, PlanPath path) {}

    private final Problems problems;
    private final Map<String, Claim> claims = new HashMap<>();

    private AttributeClaims(Problems problems) {
        this.problems = problems;
    }

    static void check(TablePlan table, Node.Fields options, Problems problems) {
        var path = PlanPath.table(table.name());
        var claims = new AttributeClaims(problems);
        table.key().forEach((name, role) -> {
            // What an index calls its key may change, and the value stay: of the table's own key KeyCheck refuses it.
            if (!(role instanceof KeyRole.Keep && table.rename().containsKey(name))) {
                claims.claim(name, "key", path.to("key").to(name));
            }
        });
        table.references()
                .forEach(reference -> claims.claim(
                        attribute(reference.path()),
                        "references",
                        path.to("references").to(reference.path().text())));
        table.set()
                .keySet()
                .forEach(name -> claims.claim(name, "set", path.to("set").to(name)));
        table.rename()
                .keySet()
                .forEach(name -> claims.claim(name, "rename", path.to("rename").to(name)));
        table.rename()
                .forEach((name, to) ->
                        claims.claim(to, "rename", path.to("rename").to(name)));
        if (options.values().get("drop") instanceof Node.Items(var items, var _)) {
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof Node.Text(var name, var _)) {
                    claims.claim(name, "drop", path.to("drop").to(i));
                }
            }
        }
    }

    static String attribute(ReferencePath path) {
        return switch (path.steps().getFirst()) {
            case Step.Field(var name) -> name;
            case Step.Elements _, Step.MapKeys _, Step.Json _ ->
                throw new IllegalStateException("a path begins with an attribute: " + path);
        };
    }

    private void claim(String attribute, String option, PlanPath path) {
        if (attribute.isEmpty()) {
            // Refused for its name already.
            return;
        }
        var first = claims.putIfAbsent(attribute, new Claim(option, path));
        // Several references may lead into one attribute; where they meet is checked by path.
        var conflict =
                first != null && !(option.equals("references") && first.option().equals(option));
        if (conflict) {
            problems.add(
                    ProblemKind.RULE_DUPLICATE_ATTRIBUTE,
                    path,
                    "Two rules speak of the attribute " + Quoted.of(attribute) + ": " + first.path() + " and " + path
                            + ".",
                    "Keep one of them.");
        }
    }
}
