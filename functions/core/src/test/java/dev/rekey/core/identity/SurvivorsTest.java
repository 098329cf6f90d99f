package dev.rekey.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.identity.Survivors.Resolved;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SurvivorsTest {
    private static OldId id(String text) {
        return new OldId(KeyType.S, text);
    }

    private static Resolved resolved(String... pairs) {
        var into = new LinkedHashMap<OldId, OldId>();
        for (int i = 0; i < pairs.length; i += 2) {
            into.put(id(pairs[i]), id(pairs[i + 1]));
        }
        return Survivors.of(into);
    }

    @Test
    void chainsGoToTheirEnd() {
        var survivors = ((Resolved.Ends) resolved("a", "b", "c", "d", "b", "c")).survivors();
        assertThat(survivors.byMerged()).isEqualTo(Map.of(id("a"), id("d"), id("b"), id("d"), id("c"), id("d")));
        assertThat(survivors.of(id("d"))).isEqualTo(id("d"));
        assertThat(survivors.isMerged(id("d"))).isFalse();
    }

    @Test
    void circlesAreNamedOnceInTheirOrder() {
        assertThat(resolved("x", "a", "a", "b", "b", "c", "c", "a", "s", "s", "q", "r"))
                .isEqualTo(new Resolved.Endless(List.of(List.of(id("a"), id("b"), id("c")), List.of(id("s")))));
    }

    @Test
    void laterMergesMayMergeSurvivorsAway() {
        var first = new Survivors(Map.of(id("a"), id("b")));
        var second = new Survivors(Map.of(id("b"), id("c")));
        assertThat(first.then(second).byMerged()).isEqualTo(Map.of(id("a"), id("c"), id("b"), id("c")));
    }

    @Test
    void theEndIsThatOfAPlainWalk() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var into = new HashMap<OldId, OldId>();
            for (int i = random.nextInt(10); i > 0; i--) {
                into.put(id("n" + random.nextInt(8)), id("n" + random.nextInt(8)));
            }
            var walked = new HashMap<OldId, OldId>();
            boolean endless = false;
            for (var start : into.keySet()) {
                var at = start;
                int steps = 0;
                while (into.containsKey(at) && steps++ < 100) {
                    at = into.get(at);
                }
                endless |= steps > 100 || into.containsKey(at);
                walked.put(start, at);
            }
            switch (Survivors.of(into)) {
                case Resolved.Ends(var survivors) -> {
                    assertThat(endless).as("seed " + seed).isFalse();
                    assertThat(survivors.byMerged()).as("seed " + seed).isEqualTo(walked);
                }
                case Resolved.Endless(var circles) -> {
                    assertThat(endless).as("seed " + seed).isTrue();
                    var all = circles.stream().flatMap(List::stream).toList();
                    assertThat(new HashSet<>(all)).as("seed " + seed).hasSameSizeAs(all);
                }
            }
        }
    }

    @Test
    void aMergedIdBecomesWhatTheSurvivorsIdBecomes() {
        var name = new FamilyName("Customers");
        var survivors = new Survivors(Map.of(id("a"), id("b")));
        var kept = new MergedDerivation(
                new KeepingDerivation(new Family(name, new IdentityRule.Keep(), KeyType.S)), survivors);
        assertThat(kept.of(id("a"))).isEqualTo(new NewId.Changed("b"));
        assertThat(kept.of(id("b"))).isEqualTo(NewId.UNCHANGED);
        var rule = Derivation.of(new Family(name, new IdentityRule.Derive("n", OptionalInt.empty()), KeyType.S));
        var derived = new MergedDerivation(rule, survivors);
        assertThat(derived.of(id("a"))).isEqualTo(rule.of(id("b")));
        assertThat(derived.of(id("c"))).isEqualTo(rule.of(id("c")));
    }
}
