package dev.rekey.core.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What all workers of a run together may consume. Empty means as much as the tables give.
 *
 * @param readUnitsPerSecond read units of source and target together, at least 1
 * @param writeUnitsPerSecond write units of the target, at least 1
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Limits(Optional<Integer> readUnitsPerSecond, Optional<Integer> writeUnitsPerSecond) {
    /** The greatest limit that can be set. */
    public static final int MOST = 100_000_000;

    public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());
}
