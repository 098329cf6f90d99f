package dev.rekey.interpreter.definition;

/** One entry of {@code Choices}. */
public record Rule(Template condition, After after) {}
