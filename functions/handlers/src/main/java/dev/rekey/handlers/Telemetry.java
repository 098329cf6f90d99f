package dev.rekey.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Sides;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What the people who run the functions are told: logs and metrics. Never the contents of a record. */
interface Telemetry {
    /** Nothing is told. */
    Telemetry SILENT = new Telemetry() {
        @Override
        public Sides metered(Sides sides) {
            return sides;
        }

        @Override
        public Objects watched(Objects objects, InstantSource clock) {
            return objects;
        }

        @Override
        public Object around(Context context, JsonNode input, Supplier<Object> work) {
            return work.get();
        }

        @Override
        public void paused(long hours) {}
    };

    /** The same tables, with what is read and written counted. */
    Sides metered(Sides sides);

    /** The same bucket; it is told if it refuses writes for long. */
    Objects watched(Objects objects, InstantSource clock);

    /** Does one invocation and tells how it went. */
    Object around(Context context, JsonNode input, Supplier<Object> work);

    /** @param hours for which the run is paused that is paused the longest; 0 if none is */
    void paused(long hours);
}
