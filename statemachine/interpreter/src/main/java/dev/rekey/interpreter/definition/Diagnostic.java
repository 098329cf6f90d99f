package dev.rekey.interpreter.definition;

/**
 * One finding about a document.
 *
 * @param code stable name, as the service's: {@code SCHEMA_VALIDATION_FAILED}, {@code MISSING_TRANSITION_TARGET}, …
 * @param message what is wrong and what to do
 * @param location path in the document such as {@code /States/Copy/Next}; {@code /} is the document itself
 */
public record Diagnostic(Severity severity, String code, String message, String location) {}
