package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;

/** How a Map Run ended, as its execution hears of it. */
sealed interface MapRunEnd {
    record Succeeded(JsonNode output) implements MapRunEnd {}

    record Failed(Phase.Failure failure) implements MapRunEnd {}
}
