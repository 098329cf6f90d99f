package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.Caller;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads who started an execution: {@code {"identity": …, "from": …, "version": …}}, each a short text. */
final class StartedBy {
    private static final String FIELD = "startedBy";
    private static final int LONGEST = 512;

    private StartedBy() {}

    /** Empty if the input does not say. */
    static Optional<Caller> of(JsonNode given) {
        var said = given.path(FIELD);
        return said.isObject() && !said.isEmpty()
                ? Optional.of(new Caller(
                        said.path("identity").asText("unknown"),
                        said.path("from").asText("unknown"),
                        said.path("version").asText()))
                : Optional.empty();
    }

    /** Why the input is refused. */
    static Optional<String> misfit(JsonNode given) {
        var said = given.path(FIELD);
        boolean sound = said.isMissingNode()
                || said.isNull()
                || (said.isObject()
                        && Stream.of("identity", "from", "version")
                                .map(said::path)
                                .allMatch(one -> one.isMissingNode()
                                        || (one.isTextual()
                                                && one.textValue().length() <= LONGEST
                                                && one.textValue().chars().noneMatch(Character::isISOControl))));
        return sound
                ? Optional.empty()
                : Optional.of(
                        "Cannot %s: \"%s\" is not valid. Nothing was read or written. Use an object with the texts identity, from and version, each of at most %d characters and without control characters."
                                .formatted(given.path("action").asText(), FIELD, LONGEST));
    }
}
