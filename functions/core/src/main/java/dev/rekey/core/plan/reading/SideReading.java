package dev.rekey.core.plan.reading;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.Location;
import dev.rekey.core.plan.Side;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import dev.rekey.core.plan.document.TextPosition;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code source} and {@code target}, and the physical names they give. */
final class SideReading {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}?");
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{1,255}");
    private static final Pattern PHYSICAL = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

    private final String name;
    private final Node.Fields root;
    private final Node.Fields node;
    private final PlanPath path;
    private final Problems problems;

    SideReading(String name, Node.Fields root, Problems problems) {
        this.name = name;
        this.root = root;
        this.node = root.fields(name);
        this.path = PlanPath.ROOT.to(name);
        this.problems = problems;
    }

    Side side() {
        checkPlaceholders(template());
        if (node.has("externalId") && !node.has("roleArn")) {
            problems.add(
                    ProblemKind.SIDE_EXTERNAL_ID_WITHOUT_ROLE,
                    path.to("externalId"),
                    "externalId is given without roleArn.",
                    "Add roleArn or remove externalId.");
        }
        return new Side(
                isFiles()
                        ? new Location.Files(FileAddresses.place(template()).name())
                        : new Location.Tables(template()),
                node.text("region"),
                node.text("roleArn"),
                node.text("externalId"),
                truth("consistentRead", true),
                node.text("writeRegion"),
                truth("inUse", false));
    }

    private boolean truth(String option, boolean otherwise) {
        return node.values().get(option) instanceof Node.Truth(boolean value, TextPosition _) ? value : otherwise;
    }

    /** Whether this side is there and its template a text with nothing in braces but {@code {table}}. */
    boolean sound() {
        return root.values().get(name) instanceof Node.Fields
                && (!node.has(option()) || node.text(option()).isPresent())
                && placeholders(template()).allMatch(Location.TABLE::equals)
                && template().contains(Location.TABLE);
    }

    /** The physical table of {@code table} on this side: its own exact name, else what the template gives. */
    PhysicalTable physical(TableName table, Node.Fields options, Side side) {
        Optional<String> exact = options.text(name);
        if (exact.isPresent()) {
            return isFiles() ? FileAddresses.place(exact.get()) : new PhysicalTable(exact.get());
        }
        var physical = side.physical(table);
        var legal = isFiles() || PHYSICAL.matcher(physical.name()).matches();
        // A bad template, table name or exact name has its own problem.
        if (!legal && sound() && TABLE.matcher(table.value()).matches() && !options.has(name)) {
            problems.add(
                    ProblemKind.TEMPLATE_BAD,
                    path.to(option()),
                    "The template gives table " + table + " the name " + Quoted.of(physical.name())
                            + ", which DynamoDB does not allow.",
                    "Names have 3 to 255 letters, digits, dots, hyphens and underscores.");
        }
        return physical;
    }

    private String template() {
        return node.text(option()).orElse(Location.TABLE);
    }

    private boolean isFiles() {
        return name.equals("source") && node.has("files");
    }

    /** What says where the side is. */
    private String option() {
        return isFiles() ? "files" : "tables";
    }

    private static Stream<String> placeholders(String template) {
        return PLACEHOLDER.matcher(template).results().map(match -> match.group());
    }

    /** A template without {@code {table}} gives all tables one name. */
    private void checkPlaceholders(String template) {
        if (!template.contains(Location.TABLE)) {
            problems.add(
                    ProblemKind.TEMPLATE_BAD,
                    path.to(option()),
                    "The template " + Quoted.of(template) + " does not contain {table}.",
                    "Write {table} in place of the table's name, such as " + Quoted.of("{table}-prod") + ".");
        }
        placeholders(template)
                .filter(placeholder -> !placeholder.equals(Location.TABLE))
                .forEach(placeholder -> problems.add(
                        ProblemKind.TEMPLATE_BAD,
                        path.to(option()),
                        "The template " + Quoted.of(template) + " has the unknown placeholder " + placeholder + ".",
                        "The only placeholder is {table}."));
    }
}
