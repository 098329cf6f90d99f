package dev.rekey.interpreter.definition;

import java.util.Optional;

/** What only a distributed Map has. {@code label} is part of the names of its Map Runs and their children. */
public record Distribution(
        String label,
        Optional<Reader> reader,
        Optional<Batcher> batcher,
        Optional<Writer> writer,
        Optional<Template> toleratedCount,
        Optional<Template> toleratedPercentage) {}
