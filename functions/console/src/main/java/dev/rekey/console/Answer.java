package dev.rekey.console;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer, always text.
 *
 * @param headers besides those that every answer has
 */
record Answer(int status, Map<String, String> headers, String body) {
    private static final String CONTENT_TYPE = "Content-Type";

    static Answer json(int status, JsonNode document) {
        return new Answer(status, Map.of(CONTENT_TYPE, "application/json"), document.toPrettyString());
    }

    static Answer text(String type, String body) {
        return new Answer(200, Map.of(CONTENT_TYPE, type + "; charset=utf-8"), body);
    }

    /** To another page, which is then asked for with {@code GET}. */
    static Answer seeOther(String path) {
        return new Answer(303, Map.of("Location", path), "");
    }

    Answer with(String header, String value) {
        var more = new TreeMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    /** With a name of its content, and without the content for whoever has it. */
    Answer unlessKnown(Asked asked) {
        if (status != 200 || !asked.method().equals("GET")) {
            return this;
        }
        var tag = '"' + Sha256.hex(body.getBytes(StandardCharsets.UTF_8)).substring(0, 32) + '"';
        var named = with("ETag", tag);
        return asked.header("if-none-match").filter(tag::equals).isPresent()
                ? new Answer(304, named.headers(), "")
                : named;
    }

    APIGatewayV2HTTPResponse sent() {
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(status)
                .withHeaders(headers)
                .withBody(body)
                .withIsBase64Encoded(false)
                .build();
    }
}
