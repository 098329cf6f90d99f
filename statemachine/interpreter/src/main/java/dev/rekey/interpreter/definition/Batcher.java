package dev.rekey.interpreter.definition;

import java.util.Optional;

/** How a distributed Map packs several items into one child execution. */
public record Batcher(Optional<Template> maxItems, Optional<Template> maxInputBytes, Optional<Template> batchInput) {}
