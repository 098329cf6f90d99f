package dev.rekey.engine.join;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.rekey.core.identity.OldId;
import dev.rekey.engine.run.FrozenCreated.Created;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Records by a list that is frozen in the run: always in the same order, so that every attempt and every verification meets
 * them in the same pages.
 */
public final class ListedPages<T> implements SourcePages {
    private static final int OF_A_PAGE = 500;

    private final List<T> list;
    private final Function<List<T>, Stream<Map<String, AttributeValue>>> records;

    private ListedPages(List<T> list, Function<List<T>, Stream<Map<String, AttributeValue>>> records) {
        this.list = List.copyOf(list);
        this.records = records;
    }

    /** Records that the run creates. */
    public static SourcePages created(List<Created> created) {
        return new ListedPages<>(created, some -> some.stream().map(Created::attributes));
    }

    /** Records that are merged away, found by their identities. */
    public static SourcePages mergedAway(List<OldId> ids, RecordsById records) {
        return new ListedPages<>(
                ids, some -> records.find(some).values().stream().flatMap(List::stream));
    }

    @Override
    public PageOfRecords page(Segment segment, Optional<JsonNode> cursor) {
        int from = cursor.map(JsonNode::intValue).orElse(0);
        int to = Math.min(list.size(), from + OF_A_PAGE);
        return new PageOfRecords(
                records.apply(list.subList(from, to)).toList(),
                Optional.<JsonNode>of(IntNode.valueOf(to)).filter(_ -> to < list.size()));
    }
}
