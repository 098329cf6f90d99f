package dev.rekey.console;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request.
 *
 * @param headers with names in lower case
 */
record Asked(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        List<String> cookies,
        String body) {
    /** Of a request's body, in bytes. */
    static final int LONGEST_BODY = 1 << 20;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    static Asked of(APIGatewayV2HTTPEvent event) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        Optional.ofNullable(event.getHeaders()).ifPresent(headers::putAll);
        var body = Objects.requireNonNullElse(event.getBody(), "");
        var plain = event.getIsBase64Encoded()
                ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8)
                : body;
        return new Asked(
                event.getRequestContext().getHttp().getMethod(),
                event.getRawPath(),
                Objects.requireNonNullElse(event.getQueryStringParameters(), Map.of()),
                headers,
                Objects.requireNonNullElse(event.getCookies(), List.of()),
                plain);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** One that is there and not empty, as an empty field of a form says nothing. */
    Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * The body, a JSON object; none is an empty one.
     *
     * @throws Problem if it is anything else
     */
    ObjectNode json() {
        if (body.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode read;
        try {
            read = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw noObject("it is not JSON: " + e.getOriginalMessage());
        }
        if (read instanceof ObjectNode object) {
            return object;
        }
        throw noObject("it is JSON, but not an object");
    }

    private Problem noObject(String fact) {
        return new Problem(
                Problem.Kind.BODY,
                "Cannot read the body of " + method + " " + path + ": " + fact
                        + ". Nothing was changed. Send one JSON object.");
    }

    /** The fields of a form that was sent; those that are empty are left out. */
    Map<String, String> form() {
        return pairs(body);
    }

    /** What a query, or the body of a form, says; what says nothing is left out, and what cannot be decoded stays as it is. */
    static Map<String, String> pairs(String text) {
        var fields = new TreeMap<String, String>();
        for (var pair : text.split("&", -1)) {
            int at = pair.indexOf('=');
            if (at > 0 && at < pair.length() - 1) {
                fields.put(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
