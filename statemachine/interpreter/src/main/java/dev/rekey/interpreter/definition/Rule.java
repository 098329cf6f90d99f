package dev.rekey.interpreter.definition;

import dev.rekey.interpreter.expression.Template;

/** One entry of {@code Choices}. */
public record Rule(Template condition, After after) {}
