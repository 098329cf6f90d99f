package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.List;
import java.util.Optional;

/**
 * What has changed in the mapping of one family since the run froze it. The run goes by what it froze.
 *
 * @param added old ids that are new in the mapping
 * @param removed old ids that are not in it any more
 * @param changed old ids that have another new id
 * @param unknown why the mapping could not be compared; empty if it was
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MappingChange(FamilyName family, Ids added, Ids removed, Ids changed, Optional<String> unknown) {

    /** @param first the first few of them */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Ids(long count, List<String> first) {
        static final Ids NONE = new Ids(0, List.of());

        public Ids {
            first = first == null ? List.of() : List.copyOf(first);
        }
    }

    /** A mapping that could not be compared. */
    public static MappingChange unknown(FamilyName family, String why) {
        return new MappingChange(family, Ids.NONE, Ids.NONE, Ids.NONE, Optional.of(why));
    }

    private static ObjectKey key(RunFolder folder, RunId task) {
        return folder.key("verifications/%s/mappings.json".formatted(task));
    }

    /** Writes down what {@code task} found. */
    public static void write(Documents documents, RunFolder folder, RunId task, List<MappingChange> changes) {
        documents.put(key(folder, task), changes);
    }

    /** What was written down; none if nothing was. */
    public static List<MappingChange> find(Documents documents, RunFolder folder, RunId task) {
        return documents
                .find(key(folder, task), MappingChange[].class)
                .map(found -> List.of(found.value()))
                .orElse(List.of());
    }
}
