package dev.rekey.core.plan.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Plan;
import org.junit.jupiter.api.Test;

class NotesTest {
    private static final String PLAN = """
        plan: p
        source: { tables: "{table}-from" }
        target: { tables: "{table}-to" }
        identity: { rule: keep }
        tables: { Contacts: {} }
        """;

    @Test
    void theyKeepTheirOrderAndTheirText() {
        assertThat(read(PLAN).declared().notes()).isEmpty();
        assertThat(read(PLAN + "notes: [b, a, b]").declared().notes()).containsExactly("b", "a", "b");
    }

    @Test
    void theyAreNoPartOfTheFingerprint() {
        assertThat(read(PLAN + "notes: [Call the bank.]").fingerprint())
                .isEqualTo(read(PLAN).fingerprint());
    }

    private static Plan read(String text) {
        return ((PlanReading.Valid) PlanReader.read(text)).plan();
    }
}
