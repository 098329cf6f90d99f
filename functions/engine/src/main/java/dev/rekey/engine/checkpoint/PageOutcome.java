package dev.rekey.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.census.Gathered;
import dev.rekey.engine.run.Failure;
import java.util.Map;
import java.util.Optional;

/** What became of one page. */
public sealed interface PageOutcome {
    /**
     * All effects of the page are durable.
     *
     * @param next where the next page begins; empty at the end of the segment
     * @param counts what was counted on this page, by name
     * @param gathered what was counted beside that
     */
    record Advanced(Optional<JsonNode> next, Map<String, Long> counts, Gathered gathered) implements PageOutcome {
        public Advanced(Optional<JsonNode> next, Map<String, Long> counts) {
            this(next, counts, Gathered.NOTHING);
        }
    }

    /** The content under the page changed meanwhile: begin it again. */
    record Again() implements PageOutcome {}

    record Failed(Failure failure) implements PageOutcome {}
}
