package dev.rekey.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.identity.MergeMatching.Candidate;
import dev.rekey.core.identity.MergeMatching.Conflict;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class MergeMatchingTest {
    private static final FamilyName CUSTOMERS = new FamilyName("Customers");

    private static OldId id(String text) {
        return new OldId(KeyType.S, text);
    }

    private static Identity identity(String family, String id) {
        return new Identity(new FamilyName(family), id(id));
    }

    private static Digest values(String text) {
        return RecordDigest.of(Map.of("username", AttributeValue.fromS(text)));
    }

    private static Candidate client(String id, String parent, String name) {
        return new Candidate(
                new TableName("Clients"),
                identity("Clients", id),
                values(name),
                Optional.of(identity("Customers", parent)),
                Optional.empty());
    }

    private static Candidate client(String id, String parent, String name, AttributeValue age) {
        var one = client(id, parent, name);
        return new Candidate(one.table(), one.own(), one.values(), one.parent(), Optional.of(age));
    }

    private static MergeMatching matching(boolean merge, Candidate... candidates) {
        var into = new Survivors(Map.of(id("c-11"), id("c-60"), id("c-12"), id("c-60")));
        var matching = new MergeMatching(Map.of(CUSTOMERS, into));
        matching.table(new TableName("Clients"), merge);
        List.of(candidates).forEach(matching::add);
        return matching;
    }

    private static Map<String, String> merged(MergeMatching.Found found, String family) {
        var merged = new HashMap<String, String>();
        found.survivors()
                .getOrDefault(new FamilyName(family), Survivors.NONE)
                .byMerged()
                .forEach((id, survivor) -> merged.put(id.canonical(), survivor.canonical()));
        return merged;
    }

    @Test
    void theRecordThatBelongedToTheSurvivorWins() {
        var found = matching(
                        true,
                        client("a", "c-11", "ann"),
                        client("z", "c-60", "ann"),
                        client("b", "c-12", "bob"),
                        client("c", "c-99", "bob"))
                .find();
        assertThat(merged(found, "Clients")).isEqualTo(Map.of("a", "z"));
        assertThat(found.conflicts()).isEmpty();
    }

    @Test
    void thenTheOldestWinsThenTheSmallestId() {
        var found = matching(
                        true,
                        client("a", "c-11", "ann", AttributeValue.fromN("10")),
                        client("b", "c-12", "ann", AttributeValue.fromN("9")),
                        client("d", "c-11", "bob", AttributeValue.fromS("2020")),
                        client("e", "c-12", "bob"),
                        client("g", "c-12", "cleo"),
                        client("f", "c-11", "cleo"))
                .find();
        assertThat(merged(found, "Clients")).isEqualTo(Map.of("a", "b", "e", "d", "g", "f"));
    }

    @Test
    void matchesAreNamedInPairsWhereTheyMayNotBe() {
        var found = matching(false, client("a", "c-11", "ann"), client("z", "c-60", "ann"), client("b", "c-12", "ann"))
                .find();
        assertThat(found.survivors()).isEmpty();
        assertThat(found.conflicts())
                .containsExactly(
                        new Conflict(new TableName("Clients"), id("z"), id("a"), false),
                        new Conflict(new TableName("Clients"), id("z"), id("b"), false));
    }

    @Test
    void whatWasTheSameWithinOneParentStays() {
        var found = matching(true, client("a", "c-11", "ann"), client("b", "c-11", "ann"))
                .find();
        assertThat(found).isEqualTo(new MergeMatching.Found(Map.of(), List.of()));
    }

    @Test
    void aRecordThatCouldBecomeEitherOfTwoIsNamed() {
        var found = matching(true, client("a", "c-11", "ann"), client("b", "c-60", "ann"), client("c", "c-60", "ann"))
                .find();
        assertThat(found.survivors()).isEmpty();
        assertThat(found.conflicts()).containsExactly(new Conflict(new TableName("Clients"), id("b"), id("c"), true));
    }

    @Test
    void whatIsMergedAwayMatchesNothing() {
        var matching = new MergeMatching(Map.of(new FamilyName("Clients"), new Survivors(Map.of(id("a"), id("q")))));
        matching.table(new TableName("Clients"), true);
        List.of("a", "b", "q").forEach(name -> matching.add(anywhere("Clients", name, "ann")));
        assertThat(merged(matching.find(), "Clients")).isEqualTo(Map.of("b", "q"));
    }

    private static Candidate anywhere(String table, String id, String name) {
        return new Candidate(
                new TableName(table), identity(table, id), values(name), Optional.empty(), Optional.empty());
    }

    /** Sites belong to customers, machines to sites, parts to machines: each may follow from the merge above it. */
    @Test
    void followingMergesAreThoseOfAPlainSearchUntilNothingChanges() {
        for (int i = 0; i < 500; i++) {
            int seed = i;
            var random = new Random(seed);
            var world = new World(random);
            var matching = new MergeMatching(Map.of(CUSTOMERS, world.into));
            var tables = new ArrayList<>(World.TABLES);
            Collections.shuffle(tables, random);
            tables.forEach(table -> matching.table(new TableName(table), true));
            var shuffled = new ArrayList<>(world.candidates.values());
            Collections.shuffle(shuffled, random);
            shuffled.forEach(matching::add);
            var found = matching.find();
            assertThat(found.conflicts()).as("seed " + seed).isEmpty();
            var expected = world.search();
            world.candidates
                    .keySet()
                    .forEach(own -> assertThat(ends(found, own))
                            .as("seed %d, %s", seed, own)
                            .isEqualTo(expected.get(own)));
        }
    }

    private static Identity ends(MergeMatching.Found found, Identity own) {
        return new Identity(
                own.family(),
                found.survivors().getOrDefault(own.family(), Survivors.NONE).of(own.id()));
    }

    /** No two records of one parent have the same values. */
    private static final class World {
        static final List<String> TABLES = List.of("Sites", "Machines", "Parts");
        private final Map<Identity, Candidate> candidates = new LinkedHashMap<>();
        private final Survivors into;

        World(Random random) {
            int customers = 2 + random.nextInt(6);
            var pairs = new HashMap<OldId, OldId>();
            for (int i = 1; i < customers; i++) {
                if (random.nextBoolean()) {
                    // Always into a smaller one: no circles.
                    pairs.put(id("c" + i), id("c" + random.nextInt(i)));
                }
            }
            into = ((Survivors.Resolved.Ends) Survivors.of(pairs)).survivors();
            var parents = new ArrayList<Identity>();
            for (int i = 0; i < customers; i++) {
                parents.add(identity("Customers", "c" + i));
            }
            for (var table : TABLES) {
                var own = new ArrayList<Identity>();
                for (var parent : parents) {
                    for (int value = 0; value < 3; value++) {
                        if (random.nextBoolean()) {
                            own.add(add(table, table.charAt(0) + "-" + random.nextInt(1_000_000), parent, value));
                        }
                    }
                }
                parents.clear();
                parents.addAll(own);
            }
        }

        private Identity add(String table, String name, Identity parent, int value) {
            var own = identity(table, name);
            candidates.put(
                    own,
                    new Candidate(
                            new TableName(table), own, values("v" + value), Optional.of(parent), Optional.empty()));
            return own;
        }

        /** From the top to the bottom, a table at a time: who stays with its parent wins, else the smallest id. */
        Map<Identity, Identity> search() {
            var ends = new HashMap<Identity, Identity>();
            into.byMerged()
                    .forEach(
                            (id, survivor) -> ends.put(new Identity(CUSTOMERS, id), new Identity(CUSTOMERS, survivor)));
            for (var table : TABLES) {
                var same = new HashMap<List<Object>, List<Candidate>>();
                candidates.values().stream()
                        .filter(one -> one.table().value().equals(table))
                        .forEach(one -> same.computeIfAbsent(
                                        List.of(one.values(), end(ends, one)), _ -> new ArrayList<>())
                                .add(one));
                same.forEach((key, group) -> {
                    var smallest = group.stream()
                            .min(Comparator.comparing((Candidate one) ->
                                            !one.parent().orElseThrow().equals(key.get(1)))
                                    .thenComparing(one -> one.own().id().canonical()))
                            .orElseThrow();
                    group.forEach(one -> ends.put(one.own(), smallest.own()));
                });
            }
            return ends;
        }

        private static Identity end(Map<Identity, Identity> ends, Candidate one) {
            var parent = one.parent().orElseThrow();
            return ends.getOrDefault(parent, parent);
        }
    }
}
