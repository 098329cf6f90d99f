package dev.rekey.engine.join;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.rekey.core.identity.OldId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages;
import java.util.List;
import java.util.Optional;

/**
 * The records of a table that are merged away, found by their identities: always in the same order, so that every attempt
 * and every verification meets them in the same pages.
 *
 * @param ids as they are frozen in the run
 */
public record MergedAwayPages(List<OldId> ids, RecordsById records) implements SourcePages {
    private static final int IDS = 500;

    public MergedAwayPages {
        ids = List.copyOf(ids);
    }

    @Override
    public PageOfRecords page(Segment segment, Optional<JsonNode> cursor) {
        int from = cursor.map(JsonNode::intValue).orElse(0);
        int to = Math.min(ids.size(), from + IDS);
        var found = records.find(ids.subList(from, to));
        return new PageOfRecords(
                found.values().stream().flatMap(List::stream).toList(),
                Optional.<JsonNode>of(IntNode.valueOf(to)).filter(_ -> to < ids.size()));
    }
}
