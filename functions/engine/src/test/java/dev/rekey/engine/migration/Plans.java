package dev.rekey.engine.migration;

import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Plans for tests: sources are called {@code src-…}, targets {@code dst-…}. */
final class Plans {
    /** One table of strings. */
    static final String ONE = of("A: {}");

    private static final Map<String, Plan> READ = new ConcurrentHashMap<>();

    private Plans() {}

    /** The plan that {@code text} holds, which is right. */
    static Plan read(String text) {
        return READ.computeIfAbsent(text, one -> ((PlanReading.Valid) PlanReader.read(one)).plan());
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
