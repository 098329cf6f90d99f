package dev.rekey.core.plan.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run would pass over is refused where a plan is accepted for a run. */
class NotYetBuiltTest {
    private static List<Problem> problems(String text) {
        return NotYetBuilt.in(((PlanReading.Valid) PlanReader.read(text)).plan());
    }

    @Test
    void referencesThatCreateRecordsAreNamed() {
        assertThat(problems("""
            plan: p
            source: { tables: "{table}-dev" }
            target: { tables: "{table}-prod" }
            identity: { rule: keep }
            tables:
              A: { references: { b: { family: B, onOrphan: { create: {} } }, c: { family: B, onAbsent: { create: {} } }, d: B } }
              B: {}
            """))
                .extracting(problem -> problem.id() + " " + problem.path())
                .containsExactly("option.not-yet tables.A.references.b", "option.not-yet tables.A.references.c");
    }

    @Test
    void parametersMappingsAndTablesOfEitherModeAreNoObstacle() {
        assertThat(problems("""
            plan: p
            source: { tables: "{table}-dev" }
            target: { tables: "{table}-prod" }
            identity: { rule: keep }
            parameters: { unit: m }
            families: { T: { rule: lookup, mapping: { ids: { a: b } } } }
            tables:
              A: { references: { t: { family: T, as: o } }, checks: { after: { required: [o] } }, set: { a: "{% $parameters.unit %}" } }
              B: { mode: inPlace }
            """)).isEmpty();
    }
}
