package dev.rekey.engine.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ValueMatchTest {
    private static final FamilyName A = new FamilyName("A");
    private static final Place B = new Place(new TableName("B"), "a", new Place.Numbered(0), KeyType.S);
    private static final int IDS = 40_000;

    private static Seen seen(int from, int to) {
        var hashes = new Longs();
        IntStream.range(from, to).forEach(i -> hashes.add(Value.hash(new OldId(KeyType.S, "id-" + i))));
        return Seen.of(0, KeyType.S, true, hashes);
    }

    private static Sighting matched(int mostValues) {
        var known = new KnownIds();
        known.add(new Spilled.Known(A, seen(0, IDS)));
        var match = new ValueMatch(known, _ -> Optional.empty(), mostValues);
        // Half of the values are ids, in many lines.
        for (int from = IDS / 2; from < IDS * 3 / 2; from += 1_000) {
            match.seen(new Spilled.Values(B, seen(from, from + 1_000)));
        }
        var sightings = match.sightings();
        assertThat(sightings).hasSize(1);
        return sightings.getFirst();
    }

    @Test
    void everyValueIsCompared() {
        var found = matched(IDS);
        assertThat(found.estimated()).isFalse();
        assertThat(found.values()).isEqualTo(IDS);
        assertThat(found.hits()).containsEntry(A, new Hits(IDS / 2, IDS / 2, IDS / 2));
    }

    @Test
    void whatDoesNotFitIntoMemoryIsReckonedFromAPartOfIt() {
        var found = matched(IDS / 10);
        assertThat(found.estimated()).isTrue();
        assertThat(found.values()).isBetween(IDS * 9L / 10, IDS * 11L / 10);
        assertThat(found.hits().get(A).matched()).isBetween(IDS * 9L / 20, IDS * 11L / 20);
    }
}
