package dev.rekey.engine.migration;

import dev.rekey.core.plan.Plan;
import dev.rekey.engine.workflow.ColdProcess;

/** Plans for tests: sources are called {@code src-…}, targets {@code dst-…}. */
final class Plans {
    /** One table of strings. */
    static final String ONE = of("A: {}");

    private Plans() {}

    /** The plan that {@code text} holds, which is right. */
    static Plan read(String text) {
        return ColdProcess.plan(text);
    }

    /** @param tables one line for each table */
    static String of(String... tables) {
        return """
            plan: p
            source: { tables: "src-{table}" }
            target: { tables: "dst-{table}" }
            identity: { rule: derive, namespace: n }
            tables:
            """ + "  " + String.join("\n  ", tables) + "\n";
    }

    /** Tables that are changed where they are: {@code src-…}. */
    static String inPlace(String... tables) {
        return """
            plan: p
            source: { tables: "src-{table}" }
            mode: inPlace
            tables:
            """ + "  " + String.join("\n  ", tables) + "\n";
    }
}
