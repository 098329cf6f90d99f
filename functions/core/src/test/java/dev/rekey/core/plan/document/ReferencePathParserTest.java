package dev.rekey.core.plan.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.document.ReferencePathParser.Parsed;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReferencePathParserTest {
    private static final Step ELEMENTS = new Step.Elements();
    private static final Step KEYS = new Step.MapKeys();
    private static final Step JSON = new Step.Json();

    static List<Arguments> paths() {
        return List.of(
                path("a", field("a")),
                path("a.b", field("a"), field("b")),
                path("a.b.c", field("a"), field("b"), field("c")),
                path("ids[]", field("ids"), ELEMENTS),
                path("a[][]", field("a"), ELEMENTS, ELEMENTS),
                path("items[].ownerId", field("items"), ELEMENTS, field("ownerId")),
                path("byUser{}", field("byUser"), KEYS),
                path("a[].b{}", field("a"), ELEMENTS, field("b"), KEYS),
                path("a[]{}", field("a"), ELEMENTS, KEYS),
                path("payload|json.ownerId", field("payload"), JSON, field("ownerId")),
                path("payload|json[].x", field("payload"), JSON, ELEMENTS, field("x")),
                path("payload|json{}", field("payload"), JSON, KEYS),
                path("a[]|json.b", field("a"), ELEMENTS, JSON, field("b")),
                path("a.b|json.c[]", field("a"), field("b"), JSON, field("c"), ELEMENTS),
                path("\"a.b\"[]", field("a.b"), ELEMENTS),
                path("a.\"b c\".d", field("a"), field("b c"), field("d")),
                path("\"|json{}[]\"", field("|json{}[]")),
                path("\"say \\\"hi\\\" \\\\\"", field("say \"hi\" \\")),
                path("größe.名前", field("größe"), field("名前")),
                path("owner-id", field("owner-id")),
                path("json", field("json")));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void reads(String text, List<Step> steps) {
        assertThat(ReferencePathParser.parse(text)).isEqualTo(new Parsed.Path(new ReferencePath(text, steps)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "''; 1",
                "' '; 1",
                ".a; 1",
                "a.; 3",
                "a..b; 3",
                "[]; 1",
                "{}; 1",
                "|json.a; 1",
                "a[; 2",
                "a[0]; 2",
                "a]; 2",
                "a{; 2",
                "a{}.b; 4",
                "a{}[]; 4",
                "a[]b; 4",
                "a b; 2",
                "a|json; 7",
                "a|JSON.b; 2",
                "a|json.b|json.c; 9",
                "a|jsonb; 7",
                "\"a; 1",
                "\"a\\; 1",
                "\"\"; 1",
                "a.\"\"; 3",
                "\"a\"b; 4",
                "a\"b\"; 2",
            })
    void refuses(String text, int position) {
        assertThat(ReferencePathParser.parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Malformed.class,
                        malformed -> assertThat(malformed.position()).isEqualTo(position));
    }

    @ParameterizedTest
    @CsvSource({"64, true", "65, false"})
    void limitsTheNumberOfSteps(int steps, boolean accepted) {
        var text = "a" + ".b".repeat(steps - 1);
        assertThat(ReferencePathParser.parse(text) instanceof Parsed.Path).isEqualTo(accepted);
    }

    private static Arguments path(String text, Step... steps) {
        return Arguments.of(text, List.of(steps));
    }

    private static Step field(String name) {
        return new Step.Field(name);
    }
}
