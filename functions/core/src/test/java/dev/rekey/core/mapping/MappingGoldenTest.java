package dev.rekey.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.core.identity.PlainDerivation;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.mapping.MappingOutcome.FilteredOut;
import dev.rekey.core.mapping.MappingOutcome.Mapped;
import dev.rekey.core.mapping.MappingOutcome.Unmappable;
import dev.rekey.core.mapping.ReferenceUse.Empty;
import dev.rekey.core.mapping.ReferenceUse.Unusable;
import dev.rekey.core.mapping.ReferenceUse.Used;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases under {@code src/test/resources/mapping}. Each has a {@code plan} (see {@link CompactPlan}), a
 * {@code record}, and what comes of it: an {@code expected} record, a {@code failure} as {@code "id path"}, or
 * {@code "filtered": true}; and if it likes, the {@code references} in the record. In what is expected,
 * <code>${Family:old}</code> stands for the new id of an old one.
 */
class MappingGoldenTest {
    private static final Path CASES = Path.of("src/test/resources/mapping");
    private static final Pattern NEW_ID = Pattern.compile("\\$\\{(\\w+):([^}]*)}");
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.ALLOW_COMMENTS);

    @TestFactory
    Stream<DynamicContainer> cases() throws IOException {
        try (var files = Files.list(CASES)) {
            var sorted = files.sorted().toList();
            assertThat(sorted).isNotEmpty();
            return sorted.stream()
                    .map(file ->
                            DynamicContainer.dynamicContainer(file.getFileName().toString(), tests(file)));
        }
    }

    private static Stream<DynamicTest> tests(Path file) {
        try {
            var tests = new ArrayList<DynamicTest>();
            JSON.readTree(file.toFile())
                    .forEach(each ->
                            tests.add(DynamicTest.dynamicTest(each.get("name").asText(), () -> check(each))));
            return tests.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(JsonNode each) {
        var plan = new CompactPlan(each.get("plan"));
        var mapping = plan.mapping();
        var record = TypedJson.parse(each.get("record").toString());
        var outcome = mapping.map(record);
        if (each.has("expected")) {
            var expected = TypedJson.parse(withNewIds(each.get("expected").toString(), plan.familyTypes()));
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Mapped.class,
                            mapped -> assertThat(SameContent.same(mapped.item(), expected))
                                    .as("%s%nexpected %s", TypedJson.text(mapped.item()), TypedJson.text(expected))
                                    .isTrue());
        } else if (each.has("failure")) {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Unmappable.class,
                            failure -> assertThat(failure.id() + " " + failure.path())
                                    .as(failure.message())
                                    .isEqualTo(each.get("failure").asText()));
        } else {
            assertThat(each.get("filtered").asBoolean()).isTrue();
            assertThat(outcome).isEqualTo(new FilteredOut());
        }
        if (each.has("references")) {
            var expected = new ArrayList<String>();
            each.get("references").forEach(use -> expected.add(use.asText()));
            assertThat(mapping.references(record).stream().map(MappingGoldenTest::describe))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    static String describe(ReferenceUse use) {
        var place = use.path() + " " + use.family() + " ";
        return switch (use) {
            case Used used -> place + used.id().type() + " " + used.id().canonical() + " " + used.onOrphan();
            case Empty _ -> place + "empty";
            case Unusable unusable -> place + unusable.id();
        };
    }

    private static String withNewIds(String text, Map<String, String> types) {
        return NEW_ID.matcher(text)
                .replaceAll(match -> PlainDerivation.newId(
                        CompactPlan.NAMESPACE,
                        match.group(1),
                        KeyType.valueOf(types.get(match.group(1))),
                        CompactPlan.DIGITS,
                        match.group(2)));
    }
}
