package dev.rekey.handlers;

import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.store.Documents;

/**
 * Loads before Lambda's snapshot is taken what the first invocation would have to load after it. It makes no request, so it
 * needs no permission, opens no connection that is dead when the snapshot wakes up, and draws no random number that every
 * copy of the snapshot would share.
 */
final class Priming {
    /** Touches everything that reading a plan needs: YAML, the schema, an expression. */
    private static final String PLAN = """
        plan: priming
        source: { tables: "{table}-a" }
        target: { tables: "{table}-b" }
        identity: { rule: derive, namespace: priming }
        tables:
          Contacts: { set: { name: "{% $record.name %}" } }
          Projects: { references: { ownerId: Contacts } }
        """;

    private Priming() {}

    static void load() {
        if (PlanReader.read(PLAN) instanceof PlanReading.Invalid(var problems)) {
            throw new IllegalStateException("the plan that primes the functions is wrong: " + problems);
        }
        var _ = Documents.encode(SegmentAnswer.DONE);
    }
}
