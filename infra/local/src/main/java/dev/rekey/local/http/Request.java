package dev.rekey.local.http;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.Optional;

/** A request, read whole. */
public record Request(String method, URI uri, Headers headers, byte[] body) {
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }
}
