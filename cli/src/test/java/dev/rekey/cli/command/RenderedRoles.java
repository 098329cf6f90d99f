package dev.rekey.cli.command;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The policies of {@code infra/template.yaml}, as they are deployed with some parameters. */
final class RenderedRoles {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As long as an ARN of the stack's own resources becomes. */
    private static final String LONG_ARN =
            "arn:aws-us-gov:states:us-gov-west-1:111122223333:execution:rekey-of-the-whole-shop-migration/*:*";

    private final Map<?, ?> resources;
    private final JsonNode parameters;

    RenderedRoles(JsonNode parameters) throws IOException {
        var template = Files.readString(Path.of(System.getProperty("rekey.root"), "infra", "template.yaml"));
        this.resources = (Map<?, ?>) ((Map<?, ?>) new Yaml(new Tags()).load(template)).get("Resources");
        this.parameters = parameters;
    }

    /** Characters of the policies that each role has of its own. */
    Map<String, Integer> inRoles() {
        return sizes("AWS::IAM::Role", "Policies");
    }

    /** Characters of each managed policy. */
    Map<String, Integer> managed() {
        return sizes("AWS::IAM::ManagedPolicy", "PolicyDocument");
    }

    private Map<String, Integer> sizes(String type, String policy) {
        var sizes = new TreeMap<String, Integer>();
        resources.forEach((name, resource) -> {
            var found = (Map<?, ?>) resource;
            if (type.equals(found.get("Type"))) {
                sizes.put(String.valueOf(name), size(((Map<?, ?>) found.get("Properties")).get(policy)));
            }
        });
        return sizes;
    }

    private int size(Object policy) {
        try {
            return JSON.writeValueAsString(rendered(policy)).length();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every optional part is there. */
    private Object rendered(Object node) {
        return switch (node) {
            case Map<?, ?> map when map.containsKey("Fn::If") -> rendered(((List<?>) map.get("Fn::If")).get(1));
            case Map<?, ?> map
            when map.containsKey("Ref") && String.valueOf(map.get("Ref")).endsWith("Arns") ->
                List.of(parameters.path(String.valueOf(map.get("Ref"))).asText().split(",", -1));
            case Map<?, ?> map
            when map.keySet().stream().anyMatch(key -> String.valueOf(key).matches("Ref|Fn::.*")) -> LONG_ARN;
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .collect(toMap(entry -> String.valueOf(entry.getKey()), entry -> rendered(entry.getValue())));
            case List<?> nodes -> nodes.stream().map(this::rendered).toList();
            default -> node;
        };
    }

    /** Short forms such as {@code !Ref}, written out. */
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
