package dev.rekey.engine.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.Family;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.MatchPartition.Earlier;
import dev.rekey.engine.join.MatchPartition.Existing;
import dev.rekey.engine.join.Matched.References;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class MatchPartitionTest {
    private static final FamilyName A = new FamilyName("A");
    private static final TableName TABLE_A = new TableName("A");
    private static final TableName TABLE_B = new TableName("B");
    private static final String PREFIX = "join/";

    private final InMemoryObjects objects = new InMemoryObjects();
    private final Documents documents = new Documents(objects, backoff());

    private static Backoff backoff() {
        var stopped = new Time() {
            @Override
            public Instant instant() {
                return Instant.EPOCH;
            }

            @Override
            public void sleep(Duration duration) {
                throw new AssertionError("nothing to wait for");
            }
        };
        return new Backoff(stopped, new Random(1), Instant.MAX);
    }

    private static Spill spill(int digits) {
        var type = digits == 0 ? KeyType.S : KeyType.N;
        var rule = new IdentityRule.Derive("n", digits == 0 ? OptionalInt.empty() : OptionalInt.of(digits));
        return new Spill(Families.of(List.of(new Family(A, rule, type))));
    }

    private static OldId id(int i) {
        return new OldId(KeyType.S, "a" + i);
    }

    private static Key key(String id) {
        return new Key(Map.of("id", AttributeValue.fromS(id)));
    }

    private static ReferenceUse.Used use(int i) {
        return new ReferenceUse.Used("a", A, id(i), OnOrphan.FAIL);
    }

    private List<Matched> match(int partitions, Existing existing) {
        var all = new ArrayList<Matched>();
        for (int i = 0; i < partitions; i++) {
            var matched = new MatchPartition(documents, existing).match(PREFIX, Earlier.NOTHING, i);
            all.add(matched);
            // What does not fit into memory is read twice; that makes no difference.
            for (int kept : List.of(0, 1, 5)) {
                assertThat(new MatchPartition(documents, existing, LineChecks.NONE, _ -> Optional.empty(), kept)
                                .match(PREFIX, Earlier.NOTHING, i))
                        .isEqualTo(matched);
            }
        }
        return all;
    }

    private void write(Spill spill, int page, int partitions, boolean overwrite) {
        spill.write(documents, PREFIX, partitions, origin(page), overwrite);
    }

    private static Spill.Origin origin(int page) {
        return new Spill.Origin(TABLE_A, "source", new Segment(0, 1), page);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16})
    void orphansAndCountsAreTheSameInHoweverManyPartitions(int partitions) {
        var records = spill(0);
        IntStream.range(0, 50).forEach(i -> records.defined(A, id(i), key("a" + i)));
        write(records, 0, partitions, false);
        var references = spill(0);
        IntStream.range(40, 60).forEach(i -> references.used(use(i), TABLE_B, key("b" + i)));
        references.used(use(55), TABLE_B, key("again"));
        write(references, 1, partitions, false);
        var matched = match(
                partitions, (_, ids) -> ids.stream().filter(id(59)::equals).collect(Collectors.toSet()));
        var orphans = matched.stream()
                .flatMap(one -> one.identities().orphans().stream())
                .toList();
        assertThat(orphans.stream().map(Matched.Orphan::id))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(50, 59).mapToObj(MatchPartitionTest::id).toList());
        assertThat(orphans.stream().mapToLong(Matched.Orphan::count).sum()).isEqualTo(10);
        assertThat(matched.stream()
                        .flatMap(one -> one.identities().references().values().stream())
                        .reduce(References::plus))
                .contains(new References(21, 20, 0));
        assertThat(matched).allMatch(one -> one.identities().collisions().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void twoOldIdsWithOneNewOneMeetInOnePartition(int partitions) {
        for (int page = 0; page < 12; page++) {
            var records = spill(1);
            records.defined(A, new OldId(KeyType.N, "" + page), key("a" + page));
            write(records, page, partitions, false);
        }
        var collisions = match(partitions, Existing.NOTHING).stream()
                .flatMap(one -> one.identities().collisions().stream())
                .toList();
        assertThat(collisions).isNotEmpty().allMatch(one -> one.old().size() > 1);
    }

    @Test
    void aPageThatIsDoneAgainTakesThePlaceOfWhatItWroteBefore() {
        var first = spill(0);
        IntStream.range(0, 50).forEach(i -> first.defined(A, id(i), key("a" + i)));
        IntStream.range(60, 70).forEach(i -> first.used(use(i), TABLE_B, key("b" + i)));
        write(first, 0, 4, false);
        var second = spill(0);
        second.used(use(3), TABLE_B, key("b3"));
        write(second, 0, 4, true);
        var orphans = match(4, Existing.NOTHING).stream()
                .flatMap(one -> one.identities().orphans().stream())
                .map(Matched.Orphan::id);
        assertThat(orphans).containsExactly(id(3));
    }

    @Test
    void targetKeysThatWereNotLoggedAreCounted() {
        var spill = spill(0);
        IntStream.range(0, 30).forEach(i -> spill.present(TABLE_A, key("a" + i)));
        IntStream.range(0, 28).forEach(i -> spill.logged(TABLE_A, key("a" + i)));
        spill.logged(TABLE_B, key("a29"));
        write(spill, 0, 3, false);
        var matched = match(3, Existing.NOTHING);
        assertThat(matched.stream()
                        .mapToLong(one -> one.keys().unlogged().getOrDefault(TABLE_A, 0L))
                        .sum())
                .isEqualTo(2);
        assertThat(matched.stream().flatMap(one -> one.keys().unloggedExamples().stream()))
                .hasSize(2);
    }

    @Test
    void identitiesOfEarlierJoinsCountAsExistingWhereTheirTableIsReferredTo() {
        var earlier = spill(0);
        earlier.defined(A, id(1), key("a1"));
        earlier.used(use(9), TABLE_B, key("b9"));
        earlier.write(documents, "earlier/", 1, new Spill.Origin(TABLE_A, "target", new Segment(0, 1), 0), false);
        var spill = spill(0);
        spill.used(use(1), TABLE_B, key("b1"));
        write(spill, 0, 1, false);
        var matched = new MatchPartition(documents, Existing.NOTHING).match(PREFIX, earlier(TABLE_A), 0);
        assertThat(matched.identities().orphans()).isEmpty();
        assertThat(matched.identities().references()).containsExactlyEntriesOf(Map.of("B.a", new References(1, 1, 0)));
        assertThat(new MatchPartition(documents, Existing.NOTHING)
                        .match(PREFIX, earlier(TABLE_B), 0)
                        .identities()
                        .orphans())
                .hasSize(1);
    }

    private static Earlier earlier(TableName referred) {
        return new Earlier(List.of("earlier/"), Optional.of(Set.of(referred)));
    }
}
