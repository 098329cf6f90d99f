package dev.rekey.bench;

import com.fasterxml.jackson.databind.JsonNode;

/** What was measured beside the rates: a table of its own. */
sealed interface Part permits Costs, MappingCosts, ThroughCosts {
    /** Its field of the JSON document. */
    String name();

    String markdown();

    JsonNode json();
}
