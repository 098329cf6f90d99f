package dev.rekey.interpreter.ports;

import java.util.List;
import java.util.Optional;

/** One page of a listing; {@code nextToken} is absent on the last page. */
public record Listing(List<ListedObject> objects, Optional<String> nextToken) {
    public Listing {
        objects = List.copyOf(objects);
    }
}
