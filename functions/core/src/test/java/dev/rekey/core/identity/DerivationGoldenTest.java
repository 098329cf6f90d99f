package dev.rekey.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DerivationGoldenTest {
    private static final Path VECTORS = Path.of("../../docs/reference/identity-vectors.json");

    @TestFactory
    Stream<DynamicTest> vectors() throws IOException {
        var vectors = new ObjectMapper().readTree(VECTORS.toFile()).get("vectors");
        assertThat(vectors.size()).isGreaterThan(40);
        return StreamSupport.stream(vectors.spliterator(), false)
                .map(vector -> DynamicTest.dynamicTest(name(vector), () -> check(vector)));
    }

    private static String name(JsonNode vector) {
        return vector.get("namespace").asText() + "/" + vector.get("family").asText() + "/"
                + vector.get("type").asText() + " of "
                + vector.get("old").asText().length() + " characters";
    }

    private static void check(JsonNode vector) {
        var namespace = vector.get("namespace").asText();
        var family = vector.get("family").asText();
        var type = KeyType.valueOf(vector.get("type").asText());
        var digits = vector.has("digits") ? OptionalInt.of(vector.get("digits").asInt()) : OptionalInt.empty();
        var old = vector.get("old").asText();
        var derivation =
                Derivation.of(new Family(new FamilyName(family), new IdentityRule.Derive(namespace, digits), type));
        var value = new OldId(type, old).value();

        assertThat(derivation.newId(value))
                .isEqualTo(new OldId(type, vector.get("new").asText()).value());
        assertThat(PlainDerivation.newId(namespace, family, type, digits.orElse(1), old))
                .isEqualTo(vector.get("new").asText());
    }
}
