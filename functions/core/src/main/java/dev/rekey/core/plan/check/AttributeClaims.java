package dev.rekey.core.plan.check;

import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.Reference;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sees to it that at most one rule of a table gives an attribute its value. */
public final class AttributeClaims {
    private record Claim(String option, PlanPath path) {}

    private final Problems problems;
    private final Map<String, Claim> claims = new HashMap<>();

    private AttributeClaims(Problems problems) {
        this.problems = problems;
    }

    public static void check(TablePlan table, Node.Fields options, Problems problems) {
        var path = PlanPath.table(table.name());
        var claims = new AttributeClaims(problems);
        table.key().forEach((name, role) -> {
            // What an index calls its key may change, and the value stay: of the table's own key KeyCheck refuses it.
            if (!(role instanceof KeyRole.Keep && (table.rename().containsKey(name) || isOnlyRead(table, name)))) {
                claims.claim(name, "key", path.to("key").to(name));
            }
        });
        table.references().forEach(reference -> claims.claim(reference, table, path.to("references")));
        // A record stays of its kind: otherwise the target could not be told apart again.
        table.kind()
                .ifPresent(kind -> kind.match().keySet().stream()
                        .filter(name -> !(table.key().get(name) instanceof KeyRole.Keep) && !isOnlyRead(table, name))
                        .forEach(name ->
                                claims.claim(name, "match", path.to("match").to(name))));
        for (var option : List.of("set", "setIfAbsent")) {
            options.fields(option)
                    .values()
                    .keySet()
                    .forEach(name -> claims.claim(name, option, path.to(option).to(name)));
        }
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

    private void claim(Reference reference, TablePlan table, PlanPath references) {
        var path = references.to(reference.path().text());
        var attribute = attribute(reference.path());
        reference.as().ifPresent(as -> claim(as.attribute(), "as", path.to("as")));
        // An old id that stays is only read: it may be dropped once the new one stands beside it. One that is replaced
        // may be renamed then.
        var goesOn = isOnlyRead(table, attribute)
                ? table.drop().contains(attribute)
                : table.rename().containsKey(attribute);
        if (!goesOn) {
            claim(attribute, "references", path);
        }
    }

    /** Whether references lead into {@code attribute}, and all of them leave it as it is. */
    private static boolean isOnlyRead(TablePlan table, String attribute) {
        var leading = table.references().stream()
                .filter(reference -> attribute(reference.path()).equals(attribute))
                .toList();
        return !leading.isEmpty()
                && leading.stream().allMatch(reference -> reference.as().isPresent());
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
                    "Two rules name the attribute " + Quoted.of(attribute) + ": " + first.path() + " and " + path + ".",
                    "Keep one of them.");
        }
    }
}
