package dev.rekey.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.InPlaceOutcome.Nothing;
import dev.rekey.core.mapping.InPlaceOutcome.Touch;
import dev.rekey.core.mapping.InPlaceOutcome.Update;
import dev.rekey.core.mapping.MappingOutcome.FilteredOut;
import dev.rekey.core.mapping.MappingOutcome.Mapped;
import dev.rekey.core.mapping.MappingOutcome.MergedAway;
import dev.rekey.core.mapping.MappingOutcome.Unmappable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The cases of {@code in-place.json} and {@code copied.json} under {@code src/test/resources/in-place}. Each has a table
 * (see {@link PlannedTable}), a {@code record}, and what comes of it: {@code touched} attributes with what they hold
 * afterwards, null for nothing; a {@code failure} as {@code "id path"}; or {@code "nothing"} or {@code "filtered": true};
 * where the table is copied, the {@code expected} record. If it likes, also the attributes that are {@code read} beside,
 * and the {@code references}.
 */
class InPlaceMappingGoldenTest {
    private static final Path CASES = Path.of("src/test/resources/in-place");
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.ALLOW_COMMENTS);

    @TestFactory
    Stream<DynamicTest> inPlace() throws IOException {
        return tests("in-place.json", InPlaceMappingGoldenTest::checkInPlace);
    }

    @TestFactory
    Stream<DynamicTest> copied() throws IOException {
        return tests("copied.json", InPlaceMappingGoldenTest::checkCopied);
    }

    private interface Check {
        void check(JsonNode each);
    }

    private static Stream<DynamicTest> tests(String file, Check check) throws IOException {
        var tests = new ArrayList<DynamicTest>();
        JSON.readTree(CASES.resolve(file).toFile())
                .forEach(each ->
                        tests.add(DynamicTest.dynamicTest(each.get("name").asText(), () -> check.check(each))));
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static void checkInPlace(JsonNode each) {
        var mapping = new PlannedTable(each).inPlace();
        var record = TypedJson.parse(each.get("record").toString());
        var outcome = mapping.map(record);
        switch (outcome) {
            case Update update -> {
                assertTouched(update, record, each);
                assertThat(mapping.map(update.appliedTo(record))).isIn(new Nothing(), new FilteredOut());
                if (each.has("read")) {
                    assertThat(update.read().keySet()).containsExactlyInAnyOrderElementsOf(texts(each.get("read")));
                }
                update.read()
                        .forEach((name, value) -> assertThat(value).isEqualTo(Optional.ofNullable(record.get(name))));
            }
            case Nothing _ -> assertThat(each.path("nothing").asBoolean()).isTrue();
            case FilteredOut _ -> assertThat(each.path("filtered").asBoolean()).isTrue();
            case MergedAway _ -> throw new AssertionError("nothing is merged here");
            case Unmappable failure -> assertFailure(failure, each);
        }
        if (each.has("references")) {
            assertThat(mapping.references(record).stream().map(MappingGoldenTest::describe))
                    .containsExactlyInAnyOrderElementsOf(texts(each.get("references")));
        }
    }

    private static void checkCopied(JsonNode each) {
        var mapping = new PlannedTable(each).copying();
        var record = TypedJson.parse(each.get("record").toString());
        switch (mapping.map(record)) {
            case Mapped(var item) ->
                assertThat(same(item, TypedJson.parse(each.path("expected").toString())))
                        .as(TypedJson.text(item))
                        .isTrue();
            case FilteredOut _ -> assertThat(each.path("filtered").asBoolean()).isTrue();
            case MergedAway _ -> throw new AssertionError("nothing is merged here");
            case Unmappable failure -> assertFailure(failure, each);
        }
        if (each.has("references")) {
            assertThat(mapping.references(record).stream().map(MappingGoldenTest::describe))
                    .containsExactlyInAnyOrderElementsOf(texts(each.get("references")));
        }
    }

    private static void assertFailure(Unmappable failure, JsonNode each) {
        assertThat(failure.id() + " " + failure.path())
                .as(failure.message())
                .isEqualTo(each.path("failure").asText());
    }

    private static void assertTouched(Update update, Map<String, AttributeValue> record, JsonNode each) {
        var expected = each.path("touched");
        assertThat(update.touched().keySet())
                .as(update.touched().toString())
                .containsExactlyInAnyOrderElementsOf(
                        expected.properties().stream().map(Map.Entry::getKey).toList());
        update.touched().forEach((name, touch) -> {
            assertThat(touch.before()).isEqualTo(Optional.ofNullable(record.get(name)));
            assertThat(isSame(touch, expected.get(name))).as(name + " " + touch).isTrue();
        });
    }

    private static boolean isSame(Touch touch, JsonNode expected) {
        return expected.isNull()
                ? touch.after().isEmpty()
                : touch.after().isPresent()
                        && SameContent.same(
                                touch.after().get(),
                                TypedJson.parse("{\"v\":" + expected + "}").get("v"));
    }

    private static boolean same(Map<String, AttributeValue> one, Map<String, AttributeValue> other) {
        return SameContent.same(one, other);
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
