package dev.rekey.engine.join;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.rekey.engine.run.FrozenCreated.Created;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages;
import java.util.List;
import java.util.Optional;

/**
 * The records that a run creates in a table: always in the same order, so that every attempt and every verification meets
 * them in the same pages.
 *
 * @param created as they are frozen in the run
 */
public record CreatedPages(List<Created> created) implements SourcePages {
    private static final int RECORDS = 500;

    public CreatedPages {
        created = List.copyOf(created);
    }

    @Override
    public PageOfRecords page(Segment segment, Optional<JsonNode> cursor) {
        int from = cursor.map(JsonNode::intValue).orElse(0);
        int to = Math.min(created.size(), from + RECORDS);
        return new PageOfRecords(
                created.subList(from, to).stream().map(Created::attributes).toList(),
                Optional.<JsonNode>of(IntNode.valueOf(to)).filter(_ -> to < created.size()));
    }
}
