package dev.rekey.engine.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.Spilled.Kind;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpilledCodecTest {
    private static final ObjectKey KEY = new ObjectKey("joins/some.jsonl.gz");
    private static final FamilyName FAMILY = new FamilyName("Customers");
    private static final TableName TABLE = new TableName("Orders");
    private static final OldId OLD = new OldId(KeyType.S, "c-1");
    private static final String GROUP = "id|Customers|aea6505f";
    private static final String RECORD = "{\"id\":{\"S\":\"o-\\\"1\"}}";
    private static final Seen SEEN = new Seen(1, KeyType.N, true, "AAAAAAAAAAE=");
    private static final CompositeSighting.Where WHERE =
            new CompositeSighting.Where(TABLE, "PK", "CUST#", "part 2", "CUST", false, KeyType.N);

    private static final Digest DIGEST = Digest.ofHex("0a".repeat(32));

    private static Stream<Spilled> lines() {
        return Stream.of(
                Spilled.defined(GROUP, FAMILY, OLD, RECORD),
                Spilled.outside(GROUP, FAMILY, OLD),
                Spilled.used(Kind.USED, GROUP, FAMILY, OLD, TABLE, "customerId", OnOrphan.KEEP, RECORD)
                        .plus(4),
                Spilled.used(Kind.ORPHANED, GROUP, FAMILY, OLD, TABLE, "customerId", OnOrphan.KEEP, RECORD),
                Spilled.key(Kind.LOGGED, TABLE, RECORD),
                Spilled.logged(TABLE, RECORD, -2, Optional.empty()),
                Spilled.logged(TABLE, RECORD, 7, Optional.of(DIGEST)),
                Spilled.late(TABLE, RECORD, RECORD, DIGEST),
                Spilled.read(SEEN),
                Spilled.key(Kind.PRESENT, TABLE, RECORD),
                Spilled.checked(Kind.UNIQUE, "unique|Orders|a|ff", TABLE, "a", RECORD, null),
                Spilled.checked(Kind.HELD, GROUP, TABLE, "a", RECORD, "ff"),
                Spilled.checked(Kind.CLAIMED, GROUP, TABLE, "a", RECORD, "ff"),
                Spilled.checked(Kind.PARENT, GROUP, TABLE, "a", RECORD, "id|Customers|b"),
                Spilled.known(FAMILY, SEEN),
                Spilled.seen(TABLE, "a", SEEN),
                Spilled.composite(WHERE, SEEN),
                Spilled.example(WHERE, SEEN, RECORD));
    }

    @Test
    void aPlaceInCompositeValuesIsReadBack() {
        assertThat(CompositeSighting.Where.of(Spilled.composite(WHERE, SEEN))).isEqualTo(WHERE);
    }

    @Test
    void everyKindOfLineIsTried() {
        assertThat(lines().map(Spilled::kind).distinct()).containsExactlyInAnyOrder(Kind.values());
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineIsReadAsItWasWritten(Spilled line) {
        assertThat(read(Documents.encode(line))).isEqualTo(line);
    }

    @Test
    void aLineOfTheFirstVersionIsRead() {
        var line = Spilled.used(Kind.USED, GROUP, FAMILY, OLD, TABLE, "customerId", OnOrphan.FAIL, "{}");
        var written =
                "{\"kind\":\"USED\",\"group\":\"id|Customers|aea6505f\",\"family\":\"Customers\",\"old\":{\"type\":\"S\","
                        + "\"canonical\":\"c-1\"},\"table\":\"Orders\",\"path\":\"customerId\",\"onOrphan\":\"FAIL\","
                        + "\"example\":\"{}\",\"count\":1}";
        assertThat(read(written.getBytes(StandardCharsets.UTF_8))).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[\"NOBODY\"]",
                "[\"LOGGED\",\"Orders\",null,\"{}\",1]",
                "[\"USED\",\"Orders\",\"a\",\"{}\",\"Customers\"",
                "[\"UNIQUE\",\"Orders\",\"a\",\"{}\",null,\"g\",null,null,null,1,null,null,1]",
                "1"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Cannot read " + KEY);
    }

    private static Spilled read(byte[] written) {
        return Documents.decode(KEY, written, Spilled.class);
    }
}
