package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;

/** What one child execution works on: its input, and how many items are in it. */
record ChildInput(int items, JsonNode input) {}
