package dev.rekey.local.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** {@code infra/template.yaml}, with its short forms such as {@code !Ref} written out. */
public final class Template {
    private final Map<String, Object> root;

    private Template(Map<String, Object> root) {
        this.root = root;
    }

    /** The root of the repository. */
    public static Path repository() {
        return Path.of(System.getProperty("rekey.stores"), "..", "..", "..").normalize();
    }

    public static Template read() {
        try {
            return new Template(
                    map(new Yaml(new Tags()).load(Files.readString(repository().resolve("infra/template.yaml")))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Map<String, Object> resources() {
        return map(root.get("Resources"));
    }

    /** The properties of the resources of a type, by the resources' names. */
    public Map<String, Map<String, Object>> ofType(String type) {
        var found = new LinkedHashMap<String, Map<String, Object>>();
        resources().forEach((name, resource) -> {
            if (type.equals(map(resource).get("Type"))) {
                found.put(name, map(map(resource).get("Properties")));
            }
        });
        return found;
    }

    /** The functions' common properties. */
    public Map<String, Object> globals() {
        return map(map(root.get("Globals")).get("Function"));
    }

    public Map<String, Object> mapping(String name) {
        return map(map(root.get("Mappings")).get(name));
    }

    public Map<String, Object> parameters() {
        return map(root.get("Parameters"));
    }

    @SuppressWarnings("unchecked") // the keys of a template are texts
    public static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    public static List<?> list(Object node) {
        return node instanceof List<?> list ? list : List.of(node);
    }

    private static final class Tags extends SafeConstructor {
        Tags() {
            super(new LoaderOptions());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    var name = node.getTag().getValue().substring(1);
                    return Map.of(name.equals("Ref") ? name : "Fn::" + name, value(node));
                }
            });
        }

        private Object value(Node node) {
            return switch (node) {
                case ScalarNode scalar -> scalar.getValue();
                case SequenceNode sequence -> constructSequence(sequence);
                case MappingNode mapping -> constructMapping(mapping);
                default -> throw new IllegalArgumentException("no value: " + node);
            };
        }
    }
}
