package dev.rekey.interpreter.definition;

import java.util.Optional;

/** Where a distributed Map reads its items from. */
public record Reader(Source source, Template arguments, Optional<Template> maxItems) {

    /** What is read. */
    public enum Source {
        /** One object that holds a JSON array. */
        JSON_OBJECT,
        /** The listing of a prefix. */
        LISTING
    }
}
