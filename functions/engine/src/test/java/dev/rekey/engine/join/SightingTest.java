package dev.rekey.engine.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SightingTest {
    private static final TableName TABLE = new TableName("Orders");
    private static final Map<FamilyName, Hits> HITS = Map.of(new FamilyName("Customers"), new Hits(3, 2, 1));
    private static final String STORED_HITS = "\"hits\":{\"Customers\":{\"matched\":3,\"telling\":2,\"distinct\":1}}";

    private static Stream<Arguments> sightings() {
        var values = new Place(TABLE, "a", new Place.Numbered(2), KeyType.S);
        var pieces = new Place(TABLE, "PK", new Place.Piece("CUST#", "part 2", "CUST", false), KeyType.N);
        return Stream.of(
                Arguments.of(
                        new Sighting(values, 7, HITS, List.of(), false),
                        "{\"table\":\"Orders\",\"path\":\"a\",\"part\":2,\"type\":\"S\",\"values\":7," + STORED_HITS
                                + ",\"estimated\":false}"),
                Arguments.of(
                        new Sighting(pieces, 7, HITS, List.of("{}"), true),
                        "{\"where\":{\"table\":\"Orders\",\"attribute\":\"PK\",\"shape\":\"CUST#\",\"place\":\"part 2\",\"after\":\"CUST\","
                                + "\"letters\":false,\"type\":\"N\"},\"values\":7," + STORED_HITS
                                + ",\"examples\":[\"{}\"],\"estimated\":true}"));
    }

    /** A run that was stopped is resumed by a newer release. */
    @ParameterizedTest
    @MethodSource("sightings")
    void isStoredAsEver(Sighting sighting, String stored) {
        assertThat(new String(Documents.encode(sighting), StandardCharsets.UTF_8))
                .isEqualTo(stored);
        var read =
                Documents.decode(new ObjectKey("match.json"), stored.getBytes(StandardCharsets.UTF_8), Sighting.class);
        assertThat(read).isEqualTo(sighting);
    }
}
