package dev.rekey.engine.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TableName;
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
    private static final Place PIECE =
            new Place(TABLE, "PK", new Place.Piece("CUST#", "part 2", "CUST", false), KeyType.N);
    private static final String HASHES = "{\"part\":1,\"type\":\"N\",\"telling\":true,\"hashes\":\"AAAAAAAAAAE=\"}";
    private static final Spilled.Identified ID = new Spilled.Identified(GROUP, FAMILY, OLD);
    private static final Spilled.Holder HOLDER = new Spilled.Holder(TABLE, "customerId", OnOrphan.KEEP);
    private static final Digest DIGEST = Digest.ofHex("0a".repeat(32));

    private static Stream<Spilled> lines() {
        return Stream.of(
                new Spilled.Defined(ID, RECORD),
                new Spilled.Outside(ID),
                new Spilled.Used(ID, HOLDER, RECORD, 5),
                new Spilled.Orphaned(ID, HOLDER, RECORD, 1),
                new Spilled.Removed(ID, HOLDER, RECORD, 2),
                new Spilled.Superseded(TABLE, RECORD),
                new Spilled.Logged(TABLE, RECORD, -2, Optional.empty()),
                new Spilled.Logged(TABLE, RECORD, 7, Optional.of(DIGEST)),
                new Spilled.Wrote(TABLE, RECORD, "organization_id", DIGEST),
                new Spilled.Deleted(TABLE, RECORD, DIGEST),
                new Spilled.Late(TABLE, RECORD, RECORD, DIGEST),
                new Spilled.LeftOut(TABLE, RECORD),
                new Spilled.Read(SEEN),
                new Spilled.Present(TABLE, RECORD),
                new Spilled.Deleted(TABLE, RECORD, DIGEST),
                new Spilled.Unique("unique|Orders|a|ff", TABLE, "a", RECORD),
                new Spilled.Held(GROUP, TABLE, "a", RECORD, "ff"),
                new Spilled.Claimed(GROUP, TABLE, "a", RECORD, "ff"),
                new Spilled.Parent(GROUP, TABLE, "a", RECORD, "id|Customers|b"),
                new Spilled.Known(FAMILY, SEEN),
                new Spilled.Values(new Place(TABLE, "a", new Place.Numbered(1), KeyType.N), SEEN),
                new Spilled.Values(PIECE, SEEN),
                new Spilled.Example(PIECE, SEEN, RECORD));
    }

    @Test
    void everyKindOfLineIsTried() {
        assertThat(lines().<Class<?>>map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(kinds(Spilled.class).toList());
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses())
                        .flatMap(SpilledCodecTest::kinds)
                        .distinct()
                : Stream.of(type);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineIsReadAsItWasWritten(Spilled line) {
        assertThat(read(Documents.encode(line))).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[\"NOBODY\"]",
                "[\"PRESENT\",\"Orders\",null]",
                "[\"LOGGED\",\"Orders\",\"{}\",1]",
                "[\"LOGGED\",\"Orders\",\"{}\",\"a\",\"no digest\"]",
                "[\"USED\",\"Customers\",\"n\",\"S\",\"c\",\"Orders\",\"a\",\"KEEP\",\"{}\",\"1\"]",
                "[\"USED\",\"Customers\",\"n\",\"S\"",
                "[\"UNIQUE\",\"g\",\"Orders\",\"a\",\"{}\",1]",
                "[\"READ\",null]",
                "{}",
                "1"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Cannot read " + KEY);
    }

    /** A run that was stopped is resumed by a newer release. */
    @Test
    void valuesAreWrittenAsEver() {
        assertThat(lines().filter(line -> line instanceof Spilled.Hashed && !(line instanceof Spilled.Read))
                        .map(line -> new String(Documents.encode(line), StandardCharsets.UTF_8)))
                .containsExactly(
                        "[\"KNOWN\",\"Customers\"," + HASHES + "]",
                        "[\"SEEN\",\"Orders\",\"a\"," + HASHES + "]",
                        "[\"COMPOSED\",\"Orders\",\"PK\",\"CUST#\",\"part 2\",\"CUST\",false," + HASHES + "]",
                        "[\"EXAMPLE\",\"{\\\"id\\\":{\\\"S\\\":\\\"o-\\\\\\\"1\\\"}}\",\"Orders\",\"PK\",\"CUST#\",\"part 2\",\"CUST\",false,"
                                + HASHES + "]");
    }

    private static Spilled read(byte[] written) {
        return Documents.decode(KEY, written, Spilled.class);
    }
}
