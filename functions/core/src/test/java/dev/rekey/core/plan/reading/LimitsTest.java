package dev.rekey.core.plan.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.Plan;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final String PLAN = """
        plan: p
        source: { tables: "{table}-from" }
        target: { tables: "{table}-to" }
        identity: { rule: keep }
        tables: { Contacts: {} }
        """;

    @Test
    void aPlanHasNoneUnlessItSaysSo() {
        assertThat(read(PLAN).limits()).isEqualTo(Limits.NONE);
        assertThat(read(PLAN + "limits: { writeUnitsPerSecond: 500 }").limits())
                .isEqualTo(new Limits(Optional.empty(), Optional.of(500)));
        assertThat(read(PLAN + "limits: { writeUnitsPerSecond: 500, readUnitsPerSecond: 7 }")
                        .limits())
                .isEqualTo(new Limits(Optional.of(7), Optional.of(500)));
    }

    @Test
    void theyAreNoPartOfTheFingerprint() {
        assertThat(read(PLAN + "limits: { writeUnitsPerSecond: 500 }").fingerprint())
                .isEqualTo(read(PLAN).fingerprint());
    }

    private static Plan read(String text) {
        return ((PlanReading.Valid) PlanReader.read(text)).plan();
    }
}
