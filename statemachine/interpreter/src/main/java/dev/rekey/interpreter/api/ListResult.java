package dev.rekey.interpreter.api;

import java.util.List;
import java.util.Optional;

/** One page of a list; {@code nextToken} is absent on the last page. */
public record ListResult<T>(List<T> items, Optional<String> nextToken) {
    public ListResult {
        items = List.copyOf(items);
    }
}
