package dev.rekey.engine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.Segment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where records come from, page by page. A cursor is opaque: each kind of source has its own. */
@FunctionalInterface
public interface SourcePages {
    /** The page of {@code segment} that begins at {@code cursor}; empty for the first. */
    PageOfRecords page(Segment segment, Optional<JsonNode> cursor);

    /**
     * One page.
     *
     * @param next where the next page begins; empty at the end of the segment
     */
    record PageOfRecords(List<Map<String, AttributeValue>> items, Optional<JsonNode> next) {}
}
