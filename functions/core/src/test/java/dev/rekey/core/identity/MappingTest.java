package dev.rekey.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.identity.Mapping.Reverse;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule.Lookup;
import dev.rekey.core.plan.MappingSource;
import dev.rekey.core.plan.OnMissing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class MappingTest {
    private static final Lookup.Types TEXTS = new Lookup.Types(KeyType.S, KeyType.S);

    private static MappingBuilder builder(Lookup.Types types, boolean manyToOne) {
        return new MappingBuilder(
                new Lookup(types, new MappingSource.OfIds(Map.of()), manyToOne, Optional.empty(), OnMissing.FAIL));
    }

    private static OldId text(String id) {
        return new OldId(KeyType.S, id);
    }

    private static Mapping of(String... pairs) {
        var builder = builder(TEXTS, true);
        for (var pair : pairs) {
            var parts = pair.split(">", -1);
            assertThat(builder.add(parts[0], parts[1])).isEmpty();
        }
        return builder.build();
    }

    @Test
    void anOldIdHasItsNewOneAndTheOtherWayRound() {
        var mapping = of("a>x", "b>y", "y>y");
        assertThat(mapping.newId(text("a"))).contains(text("x"));
        assertThat(mapping.newId(text("x"))).isEmpty();
        assertThat(mapping.newId(new OldId(KeyType.N, "1"))).isEmpty();
        assertThat(mapping.oldId(text("x"))).isEqualTo(new Reverse.One(text("a")));
        assertThat(mapping.oldId(text("y"))).isEqualTo(new Reverse.Several());
        assertThat(mapping.oldId(text("a"))).isEqualTo(new Reverse.None());
        assertThat(mapping.hasNew(text("x"))).isTrue();
        assertThat(mapping.hasNew(text("b"))).isFalse();
        assertThat(mapping.size()).isEqualTo(3);
    }

    @Test
    void numbersAreEqualByValueAndBinariesByContent() {
        var numbers = builder(new Lookup.Types(KeyType.N, KeyType.B), false);
        assertThat(numbers.add(
                        Optional.of(AttributeValue.fromN("1.50")),
                        Optional.of(AttributeValue.fromB(SdkBytes.fromUtf8String("b")))))
                .isEmpty();
        assertThat(numbers.add("15e-1", "Yg==")).isEmpty();
        var mapping = numbers.build();
        assertThat(mapping.size()).isOne();
        assertThat(mapping.newId(new OldId(KeyType.N, "1.5"))).contains(new OldId(KeyType.B, "Yg=="));
        assertThat(mapping.oldId(new OldId(KeyType.B, "Yg=="))).isEqualTo(new Reverse.One(new OldId(KeyType.N, "1.5")));
    }

    @Test
    void everyFaultIsNamed() {
        var builder = builder(new Lookup.Types(KeyType.S, KeyType.N), false);
        var faults = new ArrayList<String>();
        var some = Optional.of(AttributeValue.fromS("a"));
        var one = Optional.of(AttributeValue.fromN("1"));
        for (var fault : List.of(
                builder.add(Optional.empty(), one),
                builder.add(Optional.of(AttributeValue.fromNul(true)), one),
                builder.add(Optional.of(AttributeValue.fromS("")), one),
                builder.add(one, one),
                builder.add(Optional.of(AttributeValue.fromL(List.of(some.get()))), one),
                builder.add(some, Optional.empty()),
                builder.add(some, Optional.of(AttributeValue.fromNul(true))),
                builder.add(some, Optional.of(AttributeValue.fromS("no number"))),
                builder.add(some, one),
                builder.add(some, one),
                builder.add("a", "2"),
                builder.add("b", "1.0"),
                builder.add("x".repeat(2049), "3"))) {
            faults.add(
                    fault.map(found -> found.kind().id() + " " + found.oldId()).orElse(""));
        }
        assertThat(faults)
                .containsExactly(
                        "lookup.no-id ",
                        "lookup.no-id ",
                        "lookup.no-id ",
                        "lookup.no-id ",
                        "lookup.no-id ",
                        "lookup.no-id a",
                        "lookup.no-id a",
                        "lookup.no-id a",
                        "",
                        "",
                        "lookup.two-new-ids a",
                        "lookup.many-to-one b",
                        "lookup.no-id ");
    }

    @Test
    void aNewIdThatIsAnOldOneOverlapsUnlessItStays() {
        assertThat(overlaps(of("a>b", "b>c", "d>e", "e>e"), of("a>b", "b>c", "d>e", "e>e")))
                .containsExactly("a>b");
        assertThat(overlaps(of("a>b"), of("c>d"))).isEmpty();
        // A later run would change again what an earlier one made.
        assertThat(overlaps(of("a>b"), of("b>c"))).containsExactly("a>b");
        assertThat(overlaps(of("b>c"), of("a>b"))).isEmpty();
        var numbers = builder(new Lookup.Types(KeyType.N, KeyType.N), false);
        numbers.add("1", "2");
        assertThat(overlaps(of("1>1"), numbers.build())).isEmpty();
    }

    private static List<String> overlaps(Mapping one, Mapping other) {
        var found = new ArrayList<String>();
        one.forEachOverlap(other, (old, now) -> found.add(old.canonical() + ">" + now.canonical()));
        return found;
    }

    @ParameterizedTest
    @EnumSource
    void theLongestIdsFit(KeyType type) {
        var builder = builder(new Lookup.Types(type, type), false);
        var longest = switch (type) {
            case S -> "x".repeat(2048);
            case N -> "9".repeat(38);
            case B -> OldId.base64(new byte[2048]);
        };
        for (var length : List.of(127, 128, 255, 256)) {
            var id = switch (type) {
                case S -> "y".repeat(length);
                case N -> "" + length;
                case B -> OldId.base64(new byte[length]);
            };
            assertThat(builder.add(id, id)).isEmpty();
        }
        assertThat(builder.add(longest, longest)).isEmpty();
        var mapping = builder.build();
        mapping.forEach(
                (old, now) -> assertThat(mapping.newId(old)).contains(now).contains(old));
        assertThat(mapping.size()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itAnswersAsAMapDoes(long seed) {
        var random = new Random(seed);
        var expected = new HashMap<String, String>();
        var builder = builder(TEXTS, true);
        for (int i = 0; i < 20_000; i++) {
            var old = "é" + random.nextInt(15_000);
            var now = "n" + random.nextInt(8_000);
            var fault = builder.add(old, now);
            var before = expected.putIfAbsent(old, now);
            assertThat(fault.isPresent()).as("seed %d", seed).isEqualTo(before != null && !before.equals(now));
        }
        var mapping = builder.build();
        assertThat(mapping.size()).isEqualTo(expected.size());
        var found = new HashMap<String, String>();
        mapping.forEach((old, now) -> found.put(old.canonical(), now.canonical()));
        assertThat(found).isEqualTo(expected);
        var byNew = new HashMap<String, List<String>>();
        expected.forEach(
                (old, now) -> byNew.computeIfAbsent(now, _ -> new ArrayList<>()).add(old));
        for (int i = 0; i < 15_000; i++) {
            assertThat(mapping.newId(text("é" + i)).map(OldId::canonical))
                    .isEqualTo(Optional.ofNullable(expected.get("é" + i)));
        }
        for (int i = 0; i < 8_000; i++) {
            var olds = byNew.getOrDefault("n" + i, List.of());
            var reverse = switch (olds.size()) {
                case 0 -> new Reverse.None();
                case 1 -> new Reverse.One(text(olds.getFirst()));
                default -> new Reverse.Several();
            };
            assertThat(mapping.oldId(text("n" + i))).as("seed %d, n%d", seed, i).isEqualTo(reverse);
        }
    }

    /** Two UUIDs take 72 bytes; docs/reference/identity.md says what a pair takes beside its ids. */
    @Test
    void aMillionPairsTakeAHundredBytesEach() {
        var random = new Random(7);
        var builder = builder(TEXTS, false);
        for (int i = 0; i < 1_000_000; i++) {
            builder.add(new UUID(random.nextLong(), i).toString(), new UUID(random.nextLong(), i).toString());
        }
        var mapping = builder.build();
        assertThat(mapping.size()).isEqualTo(1_000_000);
        assertThat(mapping.bytes()).isLessThan(100_000_000);
    }

    @Test
    void aMappingThatIsTooLargeIsRefused() {
        var builder = builder(TEXTS, true);
        var big = "x".repeat(2_000);
        Optional<MappingFault> fault = Optional.empty();
        for (int i = 0; fault.isEmpty() && i < 200_000; i++) {
            fault = builder.add(big + i, "y");
        }
        assertThat(fault.map(MappingFault::kind)).contains(MappingFault.Kind.TOO_LARGE);
        assertThat(builder.build().bytes()).isLessThan(Mapping.MOST_BYTES + (2 << 20));
    }

    @Test
    void theRuleLooksUp() {
        var rule = new Lookup(TEXTS, new MappingSource.OfIds(Map.of()), false, Optional.empty(), OnMissing.FAIL);
        var family = new Family(new FamilyName("T"), rule, KeyType.S);
        var lookup = Derivation.of(family, of("a>x", "b>b"));
        assertThat(lookup.of(text("a"))).isEqualTo(new NewId.Changed("x"));
        assertThat(lookup.of(text("b"))).isEqualTo(NewId.UNCHANGED);
        assertThat(lookup.of(text("x"))).isEqualTo(new NewId.Missing());
        assertThat(lookup.isNew(text("x"))).isTrue();
        assertThat(lookup.isNew(text("a"))).isFalse();
        assertThat(lookup.keeps()).isFalse();
    }
}
