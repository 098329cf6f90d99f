package dev.rekey.interpreter.definition;

import java.util.List;
import java.util.Optional;

/** What came of reading a document; {@code document} is there when no finding is an error. */
public record Parsed(Optional<Document> document, List<Diagnostic> findings) {}
