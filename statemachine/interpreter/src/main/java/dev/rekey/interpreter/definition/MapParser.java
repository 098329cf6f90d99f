package dev.rekey.interpreter.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.interpreter.ports.Partition;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads Map states. */
final class MapParser {
    static final Set<String> MEMBERS = Set.of(
            "ItemProcessor",
            "Items",
            "ItemSelector",
            "ItemReader",
            "ItemBatcher",
            "ResultWriter",
            "MaxConcurrency",
            "ToleratedFailureCount",
            "ToleratedFailurePercentage",
            "Label",
            "Retry",
            "Catch",
            "Output",
            "Assign",
            "Next",
            "End");
    private static final Set<String> DISTRIBUTED_ONLY = Set.of(
            "ItemReader",
            "ItemBatcher",
            "ResultWriter",
            "ToleratedFailureCount",
            "ToleratedFailurePercentage",
            "Label");
    private static final String GET_OBJECT = "arn:aws:states:::s3:getObject";
    private static final String LIST_OBJECTS = "arn:aws:states:::s3:listObjectsV2";
    private static final String PUT_OBJECT = "arn:aws:states:::s3:putObject";
    private static final int LONGEST_LABEL = 40;

    private final StatesParser states;
    private final Set<String> labels = new HashSet<>();

    MapParser(StatesParser states) {
        this.states = states;
    }

    State parse(String name, Fields fields, Transitions outcome) {
        if (!fields.has("ItemProcessor")) {
            fields.missing("ItemProcessor");
        }
        Optional<Fields> processor = fields.object("ItemProcessor");
        Mode mode = processor.map(MapParser::mode).orElse(Mode.INLINE);
        if (mode == Mode.INLINE) {
            DISTRIBUTED_ONLY.stream()
                    .filter(fields::has)
                    .sorted()
                    .forEach(member -> fields.findings()
                            .schema(fields.at(member), "The field '" + member + "' needs a Map of mode DISTRIBUTED."));
        }
        return new State.MapState(
                name,
                processor.map(states::parse).orElse(new States("", java.util.Map.of())),
                new State.Input(items(fields), fields.template("ItemSelector")),
                fields.count("MaxConcurrency"),
                mode == Mode.DISTRIBUTED ? Optional.of(distribution(name, fields)) : Optional.empty(),
                outcome.recovery(),
                outcome.following());
    }

    private static Mode mode(Fields processor) {
        processor.only("an ItemProcessor", Set.of("ProcessorConfig", "StartAt", "States", "Comment"));
        Optional<Fields> config = processor.object("ProcessorConfig");
        config.ifPresent(given -> {
            given.only("a ProcessorConfig", Set.of("Mode", "ExecutionType"));
            given.choice("ExecutionType", ExecutionType.STANDARD, ExecutionType.class);
        });
        Mode mode = config.map(given -> given.choice("Mode", Mode.INLINE, Mode.class))
                .orElse(Mode.INLINE);
        if (mode == Mode.DISTRIBUTED && !config.get().has("ExecutionType")) {
            config.get().missing("ExecutionType");
        }
        return mode;
    }

    private static Optional<Template> items(Fields fields) {
        if (fields.has("Items") && fields.has("ItemReader")) {
            fields.findings().schema(fields.location(), "A Map state takes 'Items' or 'ItemReader', not both.");
        }
        return fields.template("Items", JsonNode::isContainerNode, "an array or an object");
    }

    private Distribution distribution(String name, Fields fields) {
        Optional<String> label = fields.text("Label");
        if (label.isPresent() && (label.get().length() > LONGEST_LABEL || !Names.valid(label.get()))) {
            fields.findings()
                    .schema(
                            fields.at("Label"),
                            "A label has 1 to " + LONGEST_LABEL + " characters, " + Names.RULE + ".");
        }
        if (label.isPresent() && !labels.add(label.get())) {
            fields.findings().schema(fields.at("Label"), "Another Map has the label '" + label.get() + "' already.");
        }
        return new Distribution(
                label.orElseGet(() -> Names.label(name)),
                fields.object("ItemReader").flatMap(MapParser::reader),
                fields.object("ItemBatcher").map(MapParser::batcher),
                fields.object("ResultWriter").map(MapParser::writer),
                fields.count("ToleratedFailureCount"),
                fields.template(
                        "ToleratedFailurePercentage",
                        value -> value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= 100,
                        "a number from 0 to 100"));
    }

    private static Optional<Reader> reader(Fields fields) {
        fields.only("an ItemReader", Set.of("Resource", "Arguments", "ReaderConfig"));
        String resource = fields.requiredText("Resource");
        Optional<Fields> config = fields.object("ReaderConfig");
        config.ifPresent(given -> given.only("a ReaderConfig", Set.of("InputType", "MaxItems")));
        if (!fields.has("Arguments")) {
            fields.missing("Arguments");
        }
        Optional<Template> arguments = fields.template("Arguments");
        Optional<Template> maxItems = config.flatMap(given -> given.count("MaxItems"));
        if (Partition.plain(resource).equals(LIST_OBJECTS)) {
            return arguments.map(given -> new Reader(Reader.Source.LISTING, given, maxItems));
        }
        if (!Partition.plain(resource).equals(GET_OBJECT)) {
            fields.findings()
                    .schema(
                            fields.at("Resource"),
                            "An ItemReader reads with " + GET_OBJECT + " or " + LIST_OBJECTS + ", not with '" + resource
                                    + "'.");
        } else if (!config.flatMap(given -> given.text("InputType")).orElse("").equals("JSON")) {
            fields.findings()
                    .schema(
                            fields.at("ReaderConfig"),
                            "An ItemReader of objects needs the InputType JSON;"
                                    + " other types are not supported here.");
        }
        return arguments.map(given -> new Reader(Reader.Source.JSON_OBJECT, given, maxItems));
    }

    private static Batcher batcher(Fields fields) {
        fields.only("an ItemBatcher", Set.of("MaxItemsPerBatch", "MaxInputBytesPerBatch", "BatchInput"));
        if (!fields.has("MaxItemsPerBatch") && !fields.has("MaxInputBytesPerBatch")) {
            fields.findings()
                    .schema(fields.location(), "An ItemBatcher needs MaxItemsPerBatch or MaxInputBytesPerBatch.");
        }
        return new Batcher(
                fields.count("MaxItemsPerBatch"), fields.count("MaxInputBytesPerBatch"), fields.template("BatchInput"));
    }

    private static Writer writer(Fields fields) {
        fields.only("a ResultWriter", Set.of("Resource", "Arguments", "WriterConfig"));
        Optional<String> resource = fields.text("Resource");
        if (resource.isPresent() && !Partition.plain(resource.get()).equals(PUT_OBJECT)) {
            fields.findings().schema(fields.at("Resource"), "A ResultWriter writes with " + PUT_OBJECT + " only.");
        }
        if (resource.isPresent() != fields.has("Arguments") || !(resource.isPresent() || fields.has("WriterConfig"))) {
            fields.findings()
                    .schema(
                            fields.location(),
                            "A ResultWriter needs 'Resource' and 'Arguments' together, or a 'WriterConfig'.");
        }
        Optional<Fields> config = fields.object("WriterConfig");
        config.ifPresent(given -> given.only("a WriterConfig", Set.of("Transformation", "OutputType")));
        return new Writer(
                fields.template("Arguments"),
                config.map(given ->
                                given.choice("Transformation", Writer.Transformation.NONE, Writer.Transformation.class))
                        .orElse(Writer.Transformation.NONE),
                config.map(given -> given.choice("OutputType", Writer.Lines.JSON, Writer.Lines.class))
                        .orElse(Writer.Lines.JSON));
    }

    private enum Mode {
        INLINE,
        DISTRIBUTED
    }

    private enum ExecutionType {
        STANDARD,
        EXPRESS
    }
}
