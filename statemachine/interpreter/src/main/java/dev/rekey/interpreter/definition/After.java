package dev.rekey.interpreter.definition;

import java.util.Map;
import java.util.Optional;

/**
 * What follows the work of a state.
 *
 * @param assign the variables to set, by name
 * @param next the next state; absent where this one is the last
 */
public record After(Optional<Template> output, Map<String, Template> assign, Optional<String> next) {}
