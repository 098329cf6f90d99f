package dev.rekey.engine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.Segment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records chosen beforehand, as one page. */
public record GivenRecords(List<Map<String, AttributeValue>> records) implements SourcePages {
    @Override
    public PageOfRecords page(Segment segment, Optional<JsonNode> cursor) {
        return new PageOfRecords(records, Optional.empty());
    }
}
