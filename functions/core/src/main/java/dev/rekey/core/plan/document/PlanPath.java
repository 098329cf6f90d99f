package dev.rekey.core.plan.document;

import dev.rekey.core.plan.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A place in a plan, such as {@code tables.Requests.references."milestones[].ownerId"}.
 *
 * @param steps as they are written, from the root; an index of a list is {@code [0]}
 */
public record PlanPath(List<String> steps) {
    public static final PlanPath ROOT = new PlanPath(List.of());
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_-]+");

    public PlanPath {
        steps = List.copyOf(steps);
    }

    public static PlanPath table(TableName table) {
        return ROOT.to("tables").to(table.value());
    }

    public PlanPath to(String name) {
        return plus(PLAIN.matcher(name).matches() ? name : Quoted.of(name));
    }

    public PlanPath to(int index) {
        return plus("[" + index + "]");
    }

    /** The place of what stands here, or of the nearest thing around it that is in the document. */
    TextPosition placeIn(Node root) {
        var node = root;
        for (var step : steps) {
            var inner = inside(node, step);
            if (inner == node) {
                break;
            }
            node = inner;
        }
        return node.place();
    }

    private static Node inside(Node node, String step) {
        return switch (node) {
            case Node.Fields(var values, var _) ->
                values.entrySet().stream()
                        .filter(entry ->
                                ROOT.to(entry.getKey()).steps().getFirst().equals(step))
                        .map(entry -> entry.getValue())
                        .findFirst()
                        .orElse(node);
            case Node.Items(var values, var _) -> values.get(Integer.parseInt(step.substring(1, step.length() - 1)));
            case Node.Text _, Node.Numeral _, Node.Truth _, Node.Nothing _ -> node;
        };
    }

    private PlanPath plus(String step) {
        var longer = new ArrayList<>(steps);
        longer.add(step);
        return new PlanPath(longer);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var step : steps) {
            text.append(text.isEmpty() || step.startsWith("[") ? "" : ".").append(step);
        }
        return text.toString();
    }
}
