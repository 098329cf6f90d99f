package dev.rekey.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.identity.PlainDerivation;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.mapping.MappingOutcome.Mapped;
import dev.rekey.core.mapping.MappingOutcome.Unmappable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class RecordMappingTest {
    private static RecordMapping mapping(String plan) throws IOException {
        return new CompactPlan(new ObjectMapper().readTree(plan)).mapping();
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    @Test
    void theOwnIdIsThatOfTheSelfAttribute() throws IOException {
        assertThat(mapping("{}").ownId(Map.of("id", s("a")))).contains(new OldId(KeyType.S, "a"));
        assertThat(mapping("{\"source\": \"id:S at:N\", \"key\": {\"id\": \"keep\", \"at\": \"self\"}}")
                        .ownId(Map.of("id", s("a"), "at", AttributeValue.fromN("1E2"))))
                .contains(new OldId(KeyType.N, "100"));
        assertThat(mapping("{\"key\": {\"id\": \"keep\"}}").ownId(Map.of("id", s("a"))))
                .isEmpty();
    }

    @Test
    void theNewKeyIsThatOfTheTargetEvenIfTheRecordIsFilteredOut() throws IOException {
        var mapping = mapping(
                "{\"source\": \"id:S at:N\", \"target\": \"pk:S at:N\", \"rename\": {\"id\": \"pk\"}, \"where\":"
                        + " \"false\"}");
        var record = Map.of("id", s("a"), "at", AttributeValue.fromN("1"), "x", s("y"));
        var id = PlainDerivation.newId(CompactPlan.NAMESPACE, "T", KeyType.S, 0, "a");
        assertThat(mapping.newKey(record)).isEqualTo(new Key(Map.of("pk", s(id), "at", AttributeValue.fromN("1"))));
        assertThat(mapping.includes(record)).isFalse();
    }

    @Test
    void whatCannotBeAnsweredIsThrownWithItsReason() throws IOException {
        var mapping = mapping("{\"target\": \"id:N\", \"where\": \"1\"}");
        var record = Map.of("id", s("a"));
        assertThatThrownBy(() -> mapping.includes(record))
                .isInstanceOfSatisfying(
                        UnmappableException.class,
                        e -> assertThat(e.unmappable().id()).isEqualTo("mapping.expression"));
        assertThatThrownBy(() -> mapping.newKey(record))
                .isInstanceOfSatisfying(
                        UnmappableException.class,
                        e -> assertThat(e.unmappable().id()).isEqualTo("mapping.key-type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"references\": {\"a\": \"Nobody\"}}",
                "{\"references\": {\"id\": \"T\"}}",
                "{\"set\": {\"a\": \"((\"}}",
                "{\"key\": {\"id\": \"keep\"}, \"references\": {\"a\": \"T\"}}"
            })
    void aPlanThatDoesNotFitIsRefused(String plan) {
        assertThatThrownBy(() -> mapping(plan)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void messagesHoldNoContent() throws IOException {
        var secret = "s3cret value((";
        var plans = List.of(
                "{\"families\": {\"N\": \"derive N\"}, \"references\": {\"a\": \"N\"}}",
                "{\"families\": {\"N\": \"derive N\"}, \"references\": {\"a|json.x\": \"N\"}}",
                "{\"references\": {\"a.b\": \"T\"}}",
                "{\"set\": {\"b\": \"$number($record.a)\"}}",
                "{\"set\": {\"b\": \"$record.a + 1\"}}",
                "{\"set\": {\"b\": \"$error($record.a)\"}}",
                "{\"set\": {\"b\": \"$eval($record.a)\"}}",
                "{\"where\": \"$record.a\"}",
                "{\"rename\": {\"a\": \"id\"}}",
                "{\"target\": \"a:N\"}");
        for (var plan : plans) {
            assertThat(mapping(plan).map(Map.of("id", s(secret), "a", s(secret))))
                    .as(plan)
                    .isInstanceOf(Unmappable.class)
                    .extracting(Object::toString)
                    .asString()
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void oneMappingServesManyThreads() throws IOException {
        var mapping = mapping(
                "{\"set\": {\"copy\": \"($x := $record.id; $map([1..20], function($i) { $x }))[19]\"}, \"where\":"
                        + " \"$record.id != ''\"}");
        IntStream.range(0, 4_000).parallel().forEach(i -> {
            var id = "record-" + i;
            assertThat(mapping.map(Map.of("id", s(id))))
                    .isInstanceOfSatisfying(
                            Mapped.class,
                            mapped -> assertThat(mapped.item().get("copy")).isEqualTo(s(id)));
        });
    }

    @Test
    void expressionsAreIndependentOfEachOther() throws IOException {
        var mapping = mapping("{\"set\": {\"a\": \"($leak := 'x'; 1)\", \"b\": \"$leak\"}}");
        assertThat(mapping.map(Map.of("id", s("r"))))
                .isInstanceOfSatisfying(
                        Mapped.class,
                        mapped -> assertThat(mapped.item()).containsKey("a").doesNotContainKey("b"));
    }
}
