package dev.rekey.core.plan.document;

import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML into a {@link Document}, from the parsed nodes rather than through Jackson's reader: that one takes an
 * alias for a text, the last of two equal keys, and loses how a key was written.
 */
final class YamlDocument {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");
    /** Numbers to some versions of YAML, texts to others; {@code 007} among them. */
    private static final Pattern DIGITS = Pattern.compile("[-+]?[0-9][0-9_]*(\\.[0-9_]*)?");

    private static final Set<Tag> KNOWN =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.MAP, Tag.SEQ);
    private static final Set<Tag> TEXTS = Set.of(Tag.STR, Tag.TIMESTAMP, Tag.MERGE);

    private final Document.TextProblems problems = new Document.TextProblems();

    private YamlDocument() {}

    static Document read(String text) {
        return new YamlDocument().document(text);
    }

    private Document document(String text) {
        try {
            var root = Optional.ofNullable(new Yaml(options()).compose(new StringReader(text)));
            if (root.isEmpty()) {
                problems.add(
                        ProblemKind.DOCUMENT_EMPTY,
                        TextPosition.START,
                        "The plan is empty.",
                        "Write at least plan, source, target and tables.");
            }
            return problems.orElse(root.map(this::value).orElse(new Node.Nothing(TextPosition.START)));
        } catch (MarkedYAMLException e) {
            return malformed(place(e.getProblemMark()), e.getProblem());
        } catch (YAMLException e) {
            return malformed(TextPosition.START, e.getMessage());
        }
    }

    private static LoaderOptions options() {
        var options = new LoaderOptions();
        options.setNestingDepthLimit(Document.MAX_DEPTH);
        options.setCodePointLimit(Document.MAX_CHARACTERS);
        // Composing does not expand an alias, and every anchor is refused below, with its place.
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        return options;
    }

    private Document malformed(TextPosition place, String fact) {
        problems.add(
                ProblemKind.DOCUMENT_SYNTAX,
                place,
                "The plan is not well-formed YAML: " + fact.strip().replace("\n", " "),
                "Correct the text at this position; check the indentation.");
        return problems.orElse(new Node.Nothing(place));
    }

    private Node value(org.yaml.snakeyaml.nodes.Node node) {
        var place = place(node.getStartMark());
        if (node.getAnchor() != null) {
            problems.add(
                    ProblemKind.DOCUMENT_ANCHOR,
                    place,
                    "The plan uses the anchor &" + node.getAnchor() + ".",
                    "Write out the value at each place.");
            return new Node.Nothing(place);
        }
        if (!KNOWN.contains(node.getTag())) {
            problems.add(
                    ProblemKind.DOCUMENT_TAG,
                    place,
                    "The plan uses the tag " + node.getTag() + ".",
                    "Remove the tag: values are texts, numbers, true, false, null, lists and maps.");
            return new Node.Nothing(place);
        }
        return switch (node) {
            case MappingNode map -> fields(map, place);
            case SequenceNode list ->
                new Node.Items(list.getValue().stream().map(this::value).toList(), place);
            case ScalarNode scalar -> scalar(scalar, place);
            // Composing makes no other node; the library's type is open.
            default -> throw new IllegalStateException("unknown node " + node.getNodeId());
        };
    }

    private Node fields(MappingNode map, TextPosition place) {
        var values = new LinkedHashMap<String, Node>();
        var places = new HashMap<String, TextPosition>();
        for (var entry : map.getValue()) {
            var here = place(entry.getKeyNode().getStartMark());
            var name = key(entry.getKeyNode(), here);
            var value = value(entry.getValueNode());
            if (name.isPresent() && places.containsKey(name.get())) {
                problems.duplicateKey(name.get(), here, places.get(name.get()));
            }
            name.ifPresent(text -> places.putIfAbsent(text, here));
            name.ifPresent(text -> values.put(text, value));
        }
        return new Node.Fields(values, place);
    }

    private Optional<String> key(org.yaml.snakeyaml.nodes.Node node, TextPosition place) {
        if (node.getAnchor() == null && node instanceof ScalarNode scalar && TEXTS.contains(scalar.getTag())) {
            return Optional.of(scalar.getValue());
        }
        problems.add(
                ProblemKind.DOCUMENT_KEY_NOT_TEXT,
                place,
                node instanceof ScalarNode scalar && node.getAnchor() == null
                        ? "The key " + Quoted.of(scalar.getValue()) + " is not a text in YAML."
                        : "A key is not a text.",
                "Quote the key.");
        return Optional.empty();
    }

    private Node scalar(ScalarNode scalar, TextPosition place) {
        var text = scalar.getValue();
        var plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        if (scalar.getTag().equals(Tag.NULL)) {
            return new Node.Nothing(place);
        }
        if (scalar.getTag().equals(Tag.BOOL) && TRUTH.matcher(text).matches()) {
            return new Node.Truth(Boolean.parseBoolean(text), place);
        }
        var number = plain || scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT);
        if (number && NUMBER.matcher(text).matches()) {
            return new Node.Numeral(text, place);
        }
        if (!TEXTS.contains(scalar.getTag()) || (plain && DIGITS.matcher(text).matches())) {
            problems.add(
                    ProblemKind.DOCUMENT_AMBIGUOUS_VALUE,
                    place,
                    "The value " + text + " is interpreted differently by different YAML readers.",
                    "Quote a text; write a number as 1, -2.5 or 1e3, a truth value as true or false.");
        }
        return new Node.Text(text, place);
    }

    private static TextPosition place(Mark mark) {
        return new TextPosition(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
