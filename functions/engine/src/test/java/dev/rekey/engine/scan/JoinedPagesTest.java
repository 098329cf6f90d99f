package dev.rekey.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.rekey.engine.migration.InThread;
import dev.rekey.engine.migration.SteppingTime;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages.PageOfRecords;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class JoinedPagesTest {
    private static final Segment SEGMENT = new Segment(0, 1);
    private static final int PAGES = 20;

    private final SteppingTime time = new SteppingTime();
    private final Invocation invocation =
            new Invocation("t", time.instant().plusSeconds(60), time, new InThread(), new Random(1));

    /** Pages of one record each, which takes a second to read. */
    private PageOfRecords page(Optional<JsonNode> cursor) {
        int number = cursor.map(JsonNode::intValue).orElse(0);
        time.sleep(Duration.ofSeconds(1));
        return new PageOfRecords(
                List.of(Map.of("id", AttributeValue.fromN("" + number))),
                number < PAGES - 1 ? Optional.of(IntNode.valueOf(number + 1)) : Optional.empty());
    }

    private static List<Integer> numbers(PageOfRecords page) {
        return page.items().stream()
                .map(item -> Integer.valueOf(item.get("id").n()))
                .toList();
    }

    @Test
    void everyRecordIsReadOnceWhereverTheJoinedPagesEnd() {
        var joined = new JoinedPages((_, cursor) -> page(cursor), invocation, () -> 0);
        var all = new ArrayList<Integer>();
        var sizes = new ArrayList<Integer>();
        Optional<JsonNode> cursor = Optional.empty();
        do {
            var page = joined.page(SEGMENT, cursor);
            all.addAll(numbers(page));
            sizes.add(page.items().size());
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(sizes).containsExactly(JoinedPages.MOST, JoinedPages.MOST, PAGES - 2 * JoinedPages.MOST);
        assertThat(all).hasSize(PAGES).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void twoThirdsOfTheTimeThatIsLeftAreForWhatIsFound() {
        time.sleep(Duration.ofSeconds(51));
        var page = new JoinedPages((_, cursor) -> page(cursor), invocation, () -> 0).page(SEGMENT, Optional.empty());
        assertThat(numbers(page)).containsExactly(0, 1, 2);
        assertThat(page.next()).contains(IntNode.valueOf(3));
    }

    @Test
    void noFurtherPageIsReadWhenTheInvocationIsOver() {
        time.sleep(Duration.ofSeconds(61));
        var page = new JoinedPages((_, cursor) -> page(cursor), invocation, () -> 0).page(SEGMENT, Optional.empty());
        assertThat(numbers(page)).containsExactly(0);
    }

    @Test
    void aPageThatIsPacedIsNotLongerThanThePaceAllows() {
        var page = new JoinedPages((_, cursor) -> page(cursor), invocation, () -> 2).page(SEGMENT, Optional.empty());
        assertThat(numbers(page)).containsExactly(0, 1);
        assertThat(page.next()).contains(IntNode.valueOf(2));
    }

    @Test
    void aPageThatCannotBeReadIsNoEnd() {
        SourcePages broken = (_, cursor) -> {
            if (cursor.isPresent()) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "no answer");
            }
            return page(cursor);
        };
        assertThatThrownBy(() -> new JoinedPages(broken, invocation, () -> 0).page(SEGMENT, Optional.empty()))
                .hasMessage("no answer");
    }
}
