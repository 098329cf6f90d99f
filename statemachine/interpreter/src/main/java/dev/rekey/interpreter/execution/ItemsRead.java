package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of reading a Map's items. */
sealed interface ItemsRead {
    record Read(JsonNode items) implements ItemsRead {}

    record Failed(String cause) implements ItemsRead {}
}
