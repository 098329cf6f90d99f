package dev.rekey.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * Reads the input of CreateTable as the AWS CLI writes it. The SDK's own description of the request says which fields
 * there are, so that all of them can be used.
 */
public final class CreateTableJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private CreateTableJson() {}

    /** @throws IllegalArgumentException if {@code text} is no such input; the message says where and why, without a stop */
    public static CreateTableRequest read(String text) {
        var request = CreateTableRequest.builder();
        fill((SdkPojo) request, tree(text), "");
        var read = request.build();
        checkKeys(read);
        return read;
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new IllegalArgumentException(
                    "it is not JSON at line " + place.getLineNr() + ", column " + place.getColumnNr(), e);
        }
    }

    private static void fill(SdkPojo builder, JsonNode json, String path) {
        if (!json.isObject()) {
            throw expected("an object", path);
        }
        Map<String, SdkField<?>> fields = builder.sdkFields().stream()
                .collect(Collectors.toMap(SdkField::memberName, Function.identity(), (a, _) -> a, LinkedHashMap::new));
        json.properties().forEach(entry -> {
            var at = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            var field = fields.get(entry.getKey());
            if (field == null) {
                throw new IllegalArgumentException("it has the unknown field " + at + "; known are "
                        + String.join(", ", new TreeSet<>(fields.keySet())));
            }
            field.set(builder, value(field, entry.getValue(), at));
        });
    }

    private static Object value(SdkField<?> field, JsonNode json, String path) {
        var type = field.marshallingType();
        if (type == MarshallingType.STRING) {
            return scalar(json.isTextual(), "a text", path, json::textValue);
        }
        if (type == MarshallingType.BOOLEAN) {
            return scalar(json.isBoolean(), "true or false", path, json::booleanValue);
        }
        if (type == MarshallingType.LONG) {
            return scalar(json.isIntegralNumber() && json.canConvertToLong(), "a whole number", path, json::longValue);
        }
        if (type == MarshallingType.INTEGER) {
            return scalar(json.isIntegralNumber() && json.canConvertToInt(), "a whole number", path, json::intValue);
        }
        if (type == MarshallingType.LIST) {
            return list(field.getTrait(ListTrait.class).memberFieldInfo(), json, path);
        }
        if (type == MarshallingType.SDK_POJO) {
            var builder = field.constructor().get();
            fill(builder, json, path);
            return ((SdkBuilder<?, ?>) builder).build();
        }
        throw new IllegalArgumentException("the field " + path + " cannot be used here");
    }

    private static <T> T scalar(boolean fits, String kind, String path, Supplier<T> value) {
        if (!fits) {
            throw expected(kind, path);
        }
        return value.get();
    }

    private static List<Object> list(SdkField<?> member, JsonNode json, String path) {
        if (!json.isArray()) {
            throw expected("a list", path);
        }
        return IntStream.range(0, json.size())
                .mapToObj(i -> value(member, json.get(i), path + "[" + i + "]"))
                .toList();
    }

    private static IllegalArgumentException expected(String kind, String path) {
        return new IllegalArgumentException(
                path.isEmpty() ? "it is not " + kind : "the field " + path + " is not " + kind);
    }

    /** What the comparison of tables needs; DynamoDB checks the rest. */
    private static void checkKeys(CreateTableRequest request) {
        if (request.tableName() == null || request.keySchema().isEmpty()) {
            throw new IllegalArgumentException("it lacks TableName or KeySchema");
        }
        request.globalSecondaryIndexes()
                .forEach(
                        index -> checkIndex(request, index.indexName(), index.keySchema(), index.projection() != null));
        request.localSecondaryIndexes()
                .forEach(
                        index -> checkIndex(request, index.indexName(), index.keySchema(), index.projection() != null));
        checkTypes(request, request.keySchema());
    }

    private static void checkIndex(
            CreateTableRequest request, String name, List<KeySchemaElement> key, boolean projects) {
        if (name == null || key.isEmpty() || !projects) {
            throw new IllegalArgumentException("an index lacks IndexName, KeySchema or Projection");
        }
        checkTypes(request, key);
    }

    private static void checkTypes(CreateTableRequest request, List<KeySchemaElement> key) {
        for (var element : key) {
            var defined = request.attributeDefinitions().stream()
                    .anyMatch(definition -> definition.attributeName() != null
                            && definition.attributeName().equals(element.attributeName())
                            && List.of("S", "N", "B").contains(definition.attributeTypeAsString()));
            if (!defined) {
                throw new IllegalArgumentException(
                        "AttributeDefinitions lacks the key attribute " + element.attributeName());
            }
        }
    }
}
