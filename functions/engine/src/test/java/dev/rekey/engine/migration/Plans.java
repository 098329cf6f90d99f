package dev.rekey.engine.migration;

/** Plans for tests: sources are called {@code src-…}, targets {@code dst-…}. */
final class Plans {
    /** One table of strings. */
    static final String ONE = of("A: {}");

    private Plans() {}

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
}
