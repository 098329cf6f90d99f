package dev.rekey.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LevelsTest {
    @Test
    void tablesWithoutReferencesShareTheFirstLevelInOrderOfName() {
        assertThat(levels(Map.of("b", List.of(), "a", List.of(), "C", List.of())))
                .containsExactly(List.of("C", "a", "b"));
    }

    @Test
    void aTableComesAfterTheLongestWayToIt() {
        assertThat(levels(Map.of("a", List.of(), "b", List.of("a"), "c", List.of("a", "b"), "d", List.of("a"))))
                .containsExactly(List.of("a"), List.of("b", "d"), List.of("c"));
    }

    @Test
    void tablesOfACycleShareALevel() {
        assertThat(levels(Map.of(
                        "base", List.of(),
                        "x", List.of("y", "base"),
                        "y", List.of("z"),
                        "z", List.of("x"),
                        "after", List.of("z"))))
                .containsExactly(List.of("base"), List.of("x", "y", "z"), List.of("after"));
    }

    @Test
    void twoCyclesThatTouchAreOne() {
        assertThat(levels(Map.of("a", List.of("b"), "b", List.of("a", "c"), "c", List.of("b"))))
                .containsExactly(List.of("a", "b", "c"));
    }

    @Test
    void referencesToTheOwnTableDoNotMatter() {
        assertThat(levels(Map.of("a", List.of("a"), "b", List.of("b", "a"))))
                .containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void keysAndFamiliesCount() {
        var plan = read("""
            plan: p
            source: { tables: "{table}-dev" }
            target: { tables: "{table}-prod" }
            identity: { rule: keep }
            tables:
              Lines: { key: { orderId: Orders, lineNo: keep } }
              Orders: { references: { by: Person } }
              Staff: { identity: { family: Person } }
              Clients: { identity: { family: Person } }
            """);
        assertThat(names(plan)).containsExactly(List.of("Clients", "Staff"), List.of("Orders"), List.of("Lines"));
    }

    @Test
    void aChainLongerThanAThreadsStackIsNoTrouble() {
        var chain = new LinkedHashMap<String, List<String>>();
        for (int i = 0; i < 20_000; i++) {
            chain.put("t" + i, i == 19_999 ? List.of() : List.of("t" + (i + 1)));
        }
        var levels = levels(chain);
        assertThat(levels).hasSize(20_000);
        assertThat(levels.getLast()).containsExactly("t0");
    }

    private static Plan read(String text) {
        return ((PlanReading.Valid) PlanReader.read(text)).plan();
    }

    private static List<List<String>> levels(Map<String, List<String>> references) {
        return names(Graphs.plan(references));
    }

    private static List<List<String>> names(Plan plan) {
        return Levels.of(plan).stream()
                .map(level -> level.stream().map(table -> table.value()).toList())
                .toList();
    }
}
