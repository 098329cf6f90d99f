package dev.rekey.core.plan.reading;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.CellType;
import dev.rekey.core.plan.FileFormat;
import dev.rekey.core.plan.FilePlan;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import dev.rekey.core.plan.document.ReferencePathParser;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how the files of a table are read, and refuses what has no meaning for files, or for anything else. */
final class FilesReading {
    private static final Set<FileFormat> CELLS = EnumSet.of(FileFormat.CSV, FileFormat.POSTGRES);
    private static final Set<FileFormat> TYPED = EnumSet.of(FileFormat.CSV, FileFormat.POSTGRES, FileFormat.JSON);

    private final Node.Fields side;
    private final Problems problems;

    /** @param root of the plan */
    FilesReading(Node.Fields root, Problems problems) {
        this.side = root.fields("source");
        this.problems = problems;
        if (isFiles()) {
            checkSide(root);
        } else {
            List.of("format", "separator").forEach(option -> refuseOfTables(side, sidePath(), option));
        }
    }

    boolean isFiles() {
        return side.has("files");
    }

    /** @param physical the address of the table's files */
    Optional<FilePlan> plan(PhysicalTable physical, Node.Fields table, PlanPath path) {
        if (!isFiles()) {
            List.of("format", "columns", "types").forEach(option -> refuseOfTables(table, path, option));
            if (table.text("source").filter(name -> name.matches(".*[/*].*")).isPresent()) {
                option(
                        path.to("source"),
                        "The source is tables, and this is the address of files.",
                        "Use source.files.");
            }
            return Optional.empty();
        }
        checkTable(table, path);
        var format = format(physical, table, path);
        return format.map(one -> new FilePlan(one, separator(), columns(table, path), types(one, table, path)));
    }

    private void checkSide(Node.Fields root) {
        List.of("tables", "consistentRead", "writeRegion").stream()
                .filter(side::has)
                .forEach(name -> option(
                        sidePath().to(name),
                        "The option " + name + " means nothing if the source is files.",
                        "Remove it."));
        if (Choices.inPlace(root, false)) {
            inPlace(PlanPath.ROOT.to("mode"));
        }
        root.fields("families").values().forEach((name, family) -> {
            if (family instanceof Node.Fields fields && fields.fields("mapping").has("table")) {
                option(
                        PlanPath.ROOT.to("families").to(name).to("mapping").to("table"),
                        "The mapping is in a table of the source, and the source is files.",
                        "Write the mapping into a file and name it with the option file.");
            }
        });
    }

    private void checkTable(Node.Fields table, PlanPath path) {
        if (Choices.inPlace(table, false)) {
            inPlace(path.to("mode"));
        }
        if (table.has("from")) {
            option(
                    path.to("from"),
                    "Tables of the plan cannot share files.",
                    "Give each table files of its own, or import the files as one table and divide it with another plan.");
        }
    }

    /** @param address of the files of a table, or the template of all addresses; a role is for files in a bucket only */
    void checkPlace(String address, PlanPath path) {
        FileAddresses.fault(address)
                .ifPresent(fault -> problems.add(
                        ProblemKind.FILE_ADDRESS,
                        path,
                        "The address " + Quoted.of(address) + " " + fault + ".",
                        "Write s3://BUCKET/KEY, or a path relative to the plan, such as " + Quoted.of("crm/{table}.csv")
                                + "."));
        if (!FileAddresses.isInBucket(address)) {
            List.of("region", "roleArn", "externalId").stream()
                    .filter(side::has)
                    .forEach(name -> option(
                            sidePath().to(name),
                            "The option " + name + " is for files in a bucket, and " + Quoted.of(address)
                                    + " is beside the plan.",
                            "Remove it, or use s3:// addresses only."));
        }
    }

    private void inPlace(PlanPath path) {
        problems.add(
                ProblemKind.FILE_IN_PLACE,
                path,
                "Files cannot be changed in place.",
                "Remove mode: inPlace, and name the tables to write in target.");
    }

    private Optional<FileFormat> format(PhysicalTable physical, Node.Fields table, PlanPath path) {
        var said = table.text("format").or(() -> side.text("format"));
        if (said.isPresent()) {
            var format = said.flatMap(FilesReading::format);
            if (FileAddresses.isFolder(physical.name()) && !format.equals(Optional.of(FileFormat.DYNAMODB))) {
                problems.add(
                        ProblemKind.FILE_FORMAT,
                        path,
                        Quoted.of(physical.name()) + " is a folder, and only exports of DynamoDB are read as folders.",
                        "Name the files, such as " + Quoted.of(physical.name() + "*.csv") + ", or remove format.");
            }
            return format;
        }
        var byName = FileAddresses.format(physical.name());
        if (byName.isEmpty() && FileAddresses.fault(physical.name()).isEmpty()) {
            problems.add(
                    ProblemKind.FILE_FORMAT,
                    path,
                    "The ending of " + Quoted.of(physical.name()) + " does not say the format of the file.",
                    "Add format: csv, postgres, json, mongo or dynamodb to the table or to source.");
        }
        return byName;
    }

    private static Optional<FileFormat> format(String word) {
        return EnumSet.allOf(FileFormat.class).stream()
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private char separator() {
        return side.text("separator")
                .filter(text -> text.length() == 1)
                .orElse(",")
                .charAt(0);
    }

    /** A separator of the side is for all its files: some must have cells. */
    void checkSeparator(Set<FileFormat> formats) {
        if (isFiles()
                && side.has("separator")
                && !formats.isEmpty()
                && formats.stream().noneMatch(CELLS::contains)) {
            option(sidePath().to("separator"), "No table is read from CSV.", "Remove the separator.");
        }
    }

    private Map<String, String> columns(Node.Fields table, PlanPath path) {
        var columns = new LinkedHashMap<String, String>();
        var attributes = new HashSet<String>();
        table.fields("columns").values().forEach((name, node) -> {
            if (node instanceof Node.Text(var attribute, var _)) {
                columns.put(name, attribute);
                if (!attributes.add(attribute)) {
                    option(
                            path.to("columns").to(name),
                            "Two columns become the attribute " + attribute + ".",
                            "Give each another attribute.");
                }
            }
        });
        return columns;
    }

    private Map<ReferencePath, CellType> types(FileFormat format, Node.Fields table, PlanPath path) {
        if (table.has("types") && !TYPED.contains(format)) {
            option(
                    path.to("types"),
                    "The format " + format.name().toLowerCase(Locale.ROOT) + " says itself of which type a value is.",
                    "Remove types.");
        }
        var types = new HashMap<ReferencePath, CellType>();
        table.fields("types").values().forEach((text, node) -> {
            var type = node instanceof Node.Text(var word, var _) ? cellType(word) : Optional.<CellType>empty();
            type.ifPresent(one -> typePath(text, path.to("types").to(text)).ifPresent(at -> types.put(at, one)));
        });
        return types;
    }

    private Optional<ReferencePath> typePath(String text, PlanPath path) {
        return switch (ReferencePathParser.parse(text)) {
            case ReferencePathParser.Parsed.Path(var parsed) -> {
                if (parsed.steps().stream()
                        .anyMatch(step -> step instanceof Step.MapKeys || step instanceof Step.Json)) {
                    option(path, "A type is said of fields and elements only.", "Write a path such as a.b or tags[].");
                    yield Optional.empty();
                }
                yield Optional.of(parsed);
            }
            case ReferencePathParser.Parsed.Malformed(var position, var fact) -> {
                problems.add(
                        ProblemKind.FILE_OPTION,
                        path,
                        "The path is not valid at character " + position + ": " + fact + ".",
                        "Write a path such as a.b or tags[].");
                yield Optional.empty();
            }
        };
    }

    private static Optional<CellType> cellType(String word) {
        return EnumSet.allOf(CellType.class).stream()
                .filter(type ->
                        type == CellType.ANY ? word.equals("any") : type.name().equals(word))
                .findFirst();
    }

    private void refuseOfTables(Node.Fields node, PlanPath path, String name) {
        if (node.has(name)) {
            option(
                    path.to(name),
                    "The option " + name + " is for files, and the source is tables.",
                    "Remove it, or use source.files.");
        }
    }

    private void option(PlanPath path, String fact, String hint) {
        problems.add(ProblemKind.FILE_OPTION, path, fact, hint);
    }

    private static PlanPath sidePath() {
        return PlanPath.ROOT.to("source");
    }
}
