package dev.rekey.interpreter.definition;

import dev.rekey.interpreter.expression.Template;
import java.util.Optional;

/** How a distributed Map packs several items into one child execution. */
public record Batcher(Optional<Template> maxItems, Optional<Template> maxInputBytes, Optional<Template> batchInput) {}
