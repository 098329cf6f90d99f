package dev.rekey.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.Sha256;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody did to a ledger is found, and the first entry that does not fit is named. */
final class LedgerCheckTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-140c1f12");
    private static final Time STILL = new Time() {
        @Override
        public Instant instant() {
            return Instant.parse("2026-01-02T03:04:05Z");
        }

        @Override
        public void sleep(Duration duration) {
            throw new AssertionError("nothing to wait for");
        }
    };

    private final InMemoryObjects objects = new InMemoryObjects();
    private final Documents documents = new Documents(objects, new Backoff(STILL, new Random(1), Instant.MAX));

    /** Five entries; a report holds the fourth. */
    @BeforeEach
    void ledger() {
        for (int level = 1; level <= 5; level++) {
            var head = new Ledger(documents, RUN, STILL)
                    .append(Optional.of(RUN), new Decision.LevelVerified(level, 0, Map.of()));
            if (level == 4) {
                documents.put(new RunFolder(RUN).report("migrated.json"), Map.of("ledger", head));
            }
        }
        documents.put(new RunFolder(RUN).report("analysis.json"), Map.of("format", 1));
    }

    private byte[] content(int entry) {
        return documents.bytes(Stored.key(RUN, entry)).orElseThrow().content();
    }

    private void put(int entry, byte[] content) {
        documents.putBytes(Stored.key(RUN, entry), content);
    }

    private void assertBroken(int entry, String problem) {
        assertThat(LedgerCheck.check(documents, RUN))
                .isInstanceOfSatisfying(LedgerCheck.CheckOutcome.Broken.class, broken -> {
                    assertThat(broken.entry()).as(broken.problem()).isEqualTo(entry);
                    assertThat(broken.problem()).contains(problem);
                });
    }

    @Test
    void aWholeLedgerSaysHowFarAReportHoldsIt() {
        assertThat(LedgerCheck.check(documents, RUN)).isEqualTo(new LedgerCheck.CheckOutcome.Whole(5, 4));
    }

    @Test
    void everyFieldOfEveryEntryButTheLastCounts() {
        for (int entry = 1; entry < 5; entry++) {
            var whole = content(entry);
            for (var field : fields(entry)) {
                put(entry, with(whole, field));
                assertBroken(entry, "");
                put(entry, whole);
            }
        }
        assertThat(LedgerCheck.check(documents, RUN)).isInstanceOf(LedgerCheck.CheckOutcome.Whole.class);
    }

    private List<String> fields(int entry) {
        var fields = new java.util.ArrayList<String>();
        var tree = Documents.decode(Stored.key(RUN, entry), content(entry), JsonNode.class);
        tree.fieldNames().forEachRemaining(name -> fields.add("/" + name));
        tree.get("decision").fieldNames().forEachRemaining(name -> fields.add("/decision/" + name));
        assertThat(fields).hasSizeGreaterThan(9);
        return fields;
    }

    private static byte[] with(byte[] whole, String field) {
        var tree = Documents.decode(Stored.key(RUN, 1), whole, JsonNode.class);
        var name = field.substring(field.lastIndexOf('/') + 1);
        var parent = (ObjectNode) tree.at(field.substring(0, field.lastIndexOf('/')));
        var before = parent.get(name);
        if (before.isNumber()) {
            parent.put(name, before.asInt() + 1);
        } else if (before.isTextual()) {
            parent.put(name, another(before.textValue()));
        } else {
            parent.remove(name);
        }
        return Documents.encode(tree);
    }

    /** A text of the same form where there are digits. */
    private static String another(String text) {
        int last = text.length() - 1;
        while (last >= 0 && !Character.isDigit(text.charAt(last))) {
            last--;
        }
        return last < 0
                ? text + "x"
                : text.substring(0, last) + (text.charAt(last) == '1' ? '2' : '1') + text.substring(last + 1);
    }

    @Test
    void blanksCountToo() {
        put(2, (" " + new String(content(2), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        assertBroken(2, "it was changed");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,3", "4,4"})
    void aMissingEntryIsNamed(int removed, int named) {
        documents.delete(Stored.key(RUN, removed));
        assertBroken(named, "it is missing");
    }

    @Test
    void entriesThatWereCutOffAreMissedBecauseAReportHeldThem() {
        documents.delete(Stored.key(RUN, 5));
        documents.delete(Stored.key(RUN, 4));
        assertBroken(4, "it is missing: runs/" + RUN + "/reports/migrated.json was written when the ledger had 4");
    }

    /** What no chain can prove: nothing holds its last link. */
    @Test
    void anEntryThatWasCutOffAfterTheLastReportIsNotMissed() {
        documents.delete(Stored.key(RUN, 5));
        assertThat(LedgerCheck.check(documents, RUN)).isEqualTo(new LedgerCheck.CheckOutcome.Whole(4, 4));
    }

    @Test
    void aClosedGapIsFound() {
        put(3, content(4));
        put(4, content(5));
        documents.delete(Stored.key(RUN, 5));
        assertBroken(3, "it was moved: its content is entry 4");
    }

    @Test
    void swappedEntriesAreFound() {
        var second = content(2);
        put(2, content(3));
        put(3, second);
        assertBroken(2, "it was moved");
    }

    @Test
    void anInsertedEntryIsFound() {
        put(5, content(4));
        assertBroken(5, "it was moved");
        documents.putBytes(Stored.key(RUN, 6), content(3));
        documents.put(new dev.rekey.engine.store.Objects.ObjectKey("ledger/" + RUN + "/00000003-a.json"), Map.of());
        assertBroken(3, "it was added");
    }

    @Test
    void anotherRunsEntriesAreFound() {
        var other = new RunId("20260102T030405678Z-ffffffff");
        new Ledger(documents, other, STILL).append(Optional.of(RUN), new Decision.LevelVerified(1, 0, Map.of()));
        put(1, documents.bytes(Stored.key(other, 1)).orElseThrow().content());
        assertBroken(1, "it belongs to run " + other);
    }

    @Test
    void aChainThatWasRewrittenFromSomewhereOnIsFoundByTheReport() {
        var head = Sha256.hex(content(2));
        documents.delete(Stored.key(RUN, 3));
        documents.delete(Stored.key(RUN, 4));
        documents.delete(Stored.key(RUN, 5));
        var ledger = new Ledger(documents, RUN, STILL);
        for (int level = 6; level < 9; level++) {
            ledger.append(Optional.of(RUN), new Decision.LevelVerified(level, 0, Map.of()));
        }
        assertThat(Stored.all(documents, RUN).get(2).entry().orElseThrow().previous())
                .isEqualTo(head);
        assertBroken(4, "reports/migrated.json names its hash");
    }

    @Test
    void noLedgerIsNotAWholeOne() {
        for (int entry = 1; entry <= 5; entry++) {
            documents.delete(Stored.key(RUN, entry));
        }
        assertBroken(1, "it is missing");
    }
}
