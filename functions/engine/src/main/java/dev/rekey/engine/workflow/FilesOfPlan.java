package dev.rekey.engine.workflow;

import dev.rekey.engine.store.FileAddress;
import java.util.Map;
import java.util.Optional;

/** The files that a plan names, as they were handed in with it. */
@FunctionalInterface
public interface FilesOfPlan {
    /** No file was handed in. */
    FilesOfPlan NONE = _ -> Optional.empty();

    /** @param name as the plan writes it */
    Optional<byte[]> find(String name);

    /** The addresses of those that were put into a bucket, by their names in the plan. */
    default Map<String, FileAddress> addresses() {
        return Map.of();
    }
}
