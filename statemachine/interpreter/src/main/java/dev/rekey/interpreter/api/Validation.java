package dev.rekey.interpreter.api;

import dev.rekey.interpreter.definition.Diagnostic;
import dev.rekey.interpreter.definition.Severity;
import java.util.List;

/** All findings about a document. */
public record Validation(List<Diagnostic> diagnostics) {
    public Validation {
        diagnostics = List.copyOf(diagnostics);
    }

    /** Whether the document would be accepted ({@code OK} in the service's answer, else {@code FAIL}). */
    public boolean ok() {
        return diagnostics.stream().noneMatch(found -> found.severity() == Severity.ERROR);
    }
}
