package dev.rekey.local.http;

import java.util.Map;

/** An answer; a body of no bytes is sent as none. */
public record Response(int status, Map<String, String> headers, byte[] body) {
    public Response {
        headers = Map.copyOf(headers);
    }
}
