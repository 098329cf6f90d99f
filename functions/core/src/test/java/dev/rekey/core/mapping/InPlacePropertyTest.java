package dev.rekey.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.core.item.RandomItems;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.InPlaceOutcome.Nothing;
import dev.rekey.core.mapping.InPlaceOutcome.Update;
import dev.rekey.core.mapping.MappingOutcome.FilteredOut;
import dev.rekey.core.mapping.MappingOutcome.Unmappable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Random plans on random records: twice is once, and what the plan does not name stays as it is. */
class InPlacePropertyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PLANS = 60;
    private static final int RECORDS = 60;

    /** What {@link #plan} can make of rules, each with the attributes that it may touch. */
    private static final List<Map.Entry<String, Set<String>>> REFERENCES = List.of(
            Map.entry("\"t\": {\"family\": \"F\", \"as\": \"o\"}", Set.of("o")),
            Map.entry("\"u\": \"F\"", Set.of("u")),
            Map.entry("\"m.a\": \"F\"", Set.of("m")),
            Map.entry("\"l[]\": {\"family\": \"F\", \"as\": \"lo\", \"onExisting\": \"overwrite\"}", Set.of("lo")),
            Map.entry("\"k{}\": \"F\"", Set.of("k")),
            Map.entry("\"c\": {\"family\": \"C\", \"onOrphan\": \"removeReference\"}", Set.of("c")),
            Map.entry(
                    "\"r\": {\"family\": \"C\", \"onAbsent\": {\"create\": {}, \"per\": \"x\"}, \"onOrphan\": \"keep\"}",
                    Set.of("r")),
            Map.entry("\"n\": {\"family\": \"C\", \"onAbsent\": {\"create\": {\"x\": 1}}}", Set.of("n")));

    private static final List<Map.Entry<String, Set<String>>> SETS = List.of(
            Map.entry("\"s1\": \"fixed\"", Set.of("s1")),
            Map.entry("\"s2\": \"{% $record.x & 'a' %}\"", Set.of("s2")),
            Map.entry("\"s3\": \"{% $trim($record.s3) %}\"", Set.of("s3")),
            Map.entry("\"s4\": \"{% $record.u %}\"", Set.of("s4")),
            Map.entry("\"s5\": \"{% $join([$record.s5, 'x']) %}\"", Set.of("s5")),
            Map.entry("\"s6\": \"{% $count($keys($record)) %}\"", Set.of("s6")));

    private record Planned(InPlaceMapping mapping, Set<String> named) {}

    private static Planned plan(Random random) throws IOException {
        var named = new HashSet<String>();
        var references = some(REFERENCES, random, named);
        var set = some(SETS, random, named);
        var rename = random.nextBoolean() ? "\"r\": \"q\"" : "";
        var drop = random.nextBoolean() ? "\"d\"" : "";
        named.addAll(rename.isEmpty() ? Set.of() : Set.of("r", "q"));
        named.addAll(drop.isEmpty() ? Set.of() : Set.of("d"));
        var text = """
            {"families": {"F": {"rule": "lookup", "onMissing": "%s",
                                "mapping": {"ids": {"a": "b", "c": "d", "e": "d", "g": "g", "h": "i", "i": "j"}, "manyToOne": true}}},
             "orphans": {"C": ["a"]}, "onExisting": "%s",
             "table": {"references": {%s}, "set": {%s}, "rename": {%s}, "drop": [%s]%s}}\
            """.formatted(
                        List.of("fail", "keep", "removeReference").get(random.nextInt(3)),
                        List.of("fail", "keep", "overwrite", "overwrite").get(random.nextInt(4)),
                        references,
                        set,
                        rename,
                        drop,
                        random.nextInt(4) == 0 ? ", \"where\": \"{% $record.x != 'a' %}\"" : "");
        return new Planned(new PlannedTable(JSON.readTree(text)).inPlace(), named);
    }

    private static String some(List<Map.Entry<String, Set<String>>> rules, Random random, Set<String> named) {
        var chosen = new ArrayList<String>();
        for (var rule : rules) {
            if (random.nextInt(3) == 0) {
                chosen.add(rule.getKey());
                named.addAll(rule.getValue());
            }
        }
        Collections.shuffle(chosen, random);
        return String.join(", ", chosen);
    }

    private static Map<String, AttributeValue> record(Random random, RandomItems items) {
        var record = new HashMap<>(items.item());
        record.put("id", AttributeValue.fromS("x" + random.nextInt(100)));
        for (var name : List.of("t", "u", "c", "o", "x", "s1", "s3", "s4", "s5", "r", "q", "d", "n")) {
            switch (random.nextInt(5)) {
                case 0 -> record.remove(name);
                case 1 -> record.put(name, AttributeValue.fromNul(true));
                default -> record.put(name, AttributeValue.fromS(id(random)));
            }
        }
        List.of("m", "l", "lo", "k", "s2", "s6").forEach(record::remove);
        if (random.nextBoolean()) {
            record.put("m", AttributeValue.fromM(Map.of("a", AttributeValue.fromS(id(random)), "b", items.value())));
            record.put(
                    "l",
                    AttributeValue.fromL(List.of(AttributeValue.fromS(id(random)), AttributeValue.fromS(id(random)))));
            record.put("k", AttributeValue.fromM(Map.of(id(random), items.value(), "other", items.value())));
        }
        return record;
    }

    private static String id(Random random) {
        return List.of("a", "b", "c", "d", "e", "g", "h", "i", "j", " z ").get(random.nextInt(10));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void twiceIsOnceAndOthersStay(long seed) throws IOException {
        var random = new Random(seed);
        var items = new RandomItems(random);
        var seen = new HashSet<Class<?>>();
        for (int i = 0; i < PLANS; i++) {
            var planned = plan(random);
            for (int j = 0; j < RECORDS; j++) {
                var record = record(random, items);
                var outcome = planned.mapping().map(record);
                seen.add(outcome.getClass());
                if (outcome instanceof Update update) {
                    check(
                            planned,
                            record,
                            update,
                            "seed %d, plan %d, record %s".formatted(seed, i, TypedJson.text(record)));
                }
            }
        }
        assertThat(seen).contains(Update.class, Nothing.class, Unmappable.class, FilteredOut.class);
    }

    private static void check(Planned planned, Map<String, AttributeValue> record, Update update, String context) {
        var after = update.appliedTo(record);
        assertThat(planned.mapping().map(after)).as(context).isIn(new Nothing(), new FilteredOut());
        assertThat(planned.named()).as(context).containsAll(update.touched().keySet());
        assertThat(update.touched()).as(context).isNotEmpty().doesNotContainKey("id");
        update.touched().forEach((name, touch) -> {
            assertThat(touch.before()).as(context).isEqualTo(Optional.ofNullable(record.get(name)));
            assertThat(touch.before().isPresent()
                            && touch.after().isPresent()
                            && SameContent.same(
                                    touch.before().get(), touch.after().get()))
                    .as(context)
                    .isFalse();
        });
        assertThat(update.read().keySet())
                .as(context)
                .doesNotContainAnyElementsOf(update.touched().keySet());
        var others = new HashSet<>(record.keySet());
        others.addAll(after.keySet());
        others.removeAll(update.touched().keySet());
        others.forEach(name -> assertThat(after.get(name)).as(context).isSameAs(record.get(name)));
    }

    /** The condition of an update covers all that decided: as long as that stays, others may do what they like. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatWasNotReadDecidesNothing(long seed) throws IOException {
        var random = new Random(seed);
        var items = new RandomItems(random);
        var compared = 0;
        for (int i = 0; i < PLANS; i++) {
            var planned = plan(random);
            for (int j = 0; j < RECORDS; j++) {
                var record = record(random, items);
                // An expression that reads everything sees attributes that were added, too, and no condition can.
                if (!planned.named().contains("s6") && planned.mapping().map(record) instanceof Update update) {
                    var changed = new HashMap<>(record(random, items));
                    changed.put("id", record.get("id"));
                    update.touched().forEach((name, touch) -> restore(changed, name, touch.before()));
                    update.read().forEach((name, value) -> restore(changed, name, value));
                    var context = "seed %d, plan %d%n%s%n%s"
                            .formatted(seed, i, TypedJson.text(record), TypedJson.text(changed));
                    compared++;
                    assertThat(planned.mapping().map(changed))
                            .as(context)
                            .isInstanceOfSatisfying(
                                    Update.class,
                                    again -> assertThat(again.touched())
                                            .as(context)
                                            .isEqualTo(update.touched()));
                }
            }
        }
        assertThat(compared).isPositive();
    }

    private static void restore(Map<String, AttributeValue> item, String name, Optional<AttributeValue> value) {
        value.ifPresentOrElse(it -> item.put(name, it), () -> item.remove(name));
    }

    @Test
    void limitsAreFoundWhenTheyWouldBeBroken() throws IOException {
        var mapping = new PlannedTable(
                        JSON.readTree("{\"table\": {\"set\": {\"big\": \"{% $pad('', 1000, '#') %}\"}}}"))
                .inPlace();
        var record = new HashMap<String, AttributeValue>();
        record.put("id", AttributeValue.fromS("x"));
        record.put("other", AttributeValue.fromS("y".repeat(400 * 1024 - 1010)));
        assertThat(mapping.map(record))
                .isInstanceOfSatisfying(
                        Unmappable.class, failure -> assertThat(failure.id()).isEqualTo("mapping.item-too-large"));
        record.put("other", AttributeValue.fromS("y".repeat(400 * 1024 - 1012)));
        assertThat(mapping.map(record)).isInstanceOf(Update.class);
    }

    @Test
    void aConditionComparesSoManyAttributesAndNoMore() throws IOException {
        var mapping = new PlannedTable(
                        JSON.readTree("{\"table\": {\"set\": {\"n\": \"{% $count($keys($record)) > 0 %}\"}}}"))
                .inPlace();
        var record = new HashMap<String, AttributeValue>();
        record.put("id", AttributeValue.fromS("x"));
        for (int i = 1; i < InPlaceMapping.MOST_COMPARED; i++) {
            record.put("a" + i, AttributeValue.fromN("" + i));
        }
        assertThat(mapping.map(record)).isInstanceOf(Update.class);
        record.put("one", AttributeValue.fromS("more"));
        assertThat(mapping.map(record))
                .isInstanceOfSatisfying(
                        Unmappable.class, failure -> assertThat(failure.id()).isEqualTo("mapping.too-many-attributes"));
    }
}
