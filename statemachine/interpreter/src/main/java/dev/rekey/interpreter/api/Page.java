package dev.rekey.interpreter.api;

import java.util.List;
import java.util.Optional;

/** One page of a list; {@code nextToken} is absent on the last page. */
public record Page<T>(List<T> items, Optional<String> nextToken) {
    public Page {
        items = List.copyOf(items);
    }
}
