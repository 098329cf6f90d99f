package dev.rekey.interpreter.api;

import java.util.Optional;

/**
 * An execution with its payloads, which are JSON texts.
 *
 * @param output present once it succeeded
 * @param redriveStatus {@code REDRIVABLE}, {@code NOT_REDRIVABLE} or {@code REDRIVABLE_BY_MAP_RUN}
 * @param redriveStatusReason why not, where it is not redrivable
 */
public record ExecutionDescription(
        ExecutionItem item,
        String input,
        Optional<String> output,
        Optional<String> error,
        Optional<String> cause,
        String redriveStatus,
        Optional<String> redriveStatusReason) {}
