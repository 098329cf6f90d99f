package dev.rekey.interpreter.definition;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a document. */
final class Findings {
    static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";

    private final List<Diagnostic> found = new ArrayList<>();

    void schema(String location, String message) {
        error(SCHEMA, location, message);
    }

    void error(String code, String location, String message) {
        found.add(new Diagnostic(Severity.ERROR, code, message, location));
    }

    void warning(String code, String location, String message) {
        found.add(new Diagnostic(Severity.WARNING, code, message, location));
    }

    boolean anyError() {
        return found.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    List<Diagnostic> all() {
        return List.copyOf(found);
    }
}
