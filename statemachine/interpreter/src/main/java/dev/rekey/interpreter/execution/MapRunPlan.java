package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.Writer;
import java.time.Instant;
import java.util.Optional;

/**
 * What a Map Run is to do.
 *
 * @param maxConcurrency 0 is unlimited
 */
record MapRunPlan(
        String arn, Origin origin, Instant started, long maxConcurrency, Tolerance tolerance, Results results) {

    /**
     * The state that a Map Run belongs to.
     *
     * @param parent its execution
     * @param label as in the names of the Map Run's children
     */
    record Origin(Identity parent, String mapState, String label) {}

    /**
     * How many items may fail.
     *
     * @param count absent where only the percentage counts
     */
    record Tolerance(Optional<Long> count, Optional<Double> percentage) {
        /** Whether so many failed items of so many are too many. */
        boolean exceeded(long failed, long total) {
            boolean byCount = count.isPresent() && failed > count.get();
            boolean byPercentage = percentage.isPresent() && failed * 100.0 > percentage.get() * total;
            boolean none = count.isEmpty() && percentage.isEmpty() && failed > 0;
            return byCount || byPercentage || none;
        }
    }

    /**
     * What becomes of the results.
     *
     * @param bucket where they are written; absent where they become the state's result
     */
    record Results(Optional<String> bucket, String prefix, Writer.Transformation transformation, Writer.Lines lines) {}

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("arn", arn)
                .put("mapState", origin.mapState)
                .put("label", origin.label)
                .put("started", started.toEpochMilli())
                .put("maxConcurrency", maxConcurrency)
                .put("prefix", results.prefix)
                .put("transformation", results.transformation.name())
                .put("lines", results.lines.name());
        json.set("parent", origin.parent.toJson());
        tolerance.count.ifPresent(count -> json.put("toleratedCount", count));
        tolerance.percentage.ifPresent(percentage -> json.put("toleratedPercentage", percentage));
        results.bucket.ifPresent(name -> json.put("bucket", name));
        return json;
    }

    static MapRunPlan fromJson(ObjectNode json) {
        return new MapRunPlan(
                json.get("arn").textValue(),
                new Origin(
                        Identity.fromJson((ObjectNode) json.get("parent")),
                        json.get("mapState").textValue(),
                        json.get("label").textValue()),
                Instant.ofEpochMilli(json.get("started").longValue()),
                json.get("maxConcurrency").longValue(),
                new Tolerance(
                        Optional.ofNullable(json.get("toleratedCount")).map(count -> count.longValue()),
                        Optional.ofNullable(json.get("toleratedPercentage"))
                                .map(percentage -> percentage.doubleValue())),
                new Results(
                        Optional.ofNullable(json.get("bucket")).map(name -> name.textValue()),
                        json.get("prefix").textValue(),
                        Writer.Transformation.valueOf(json.get("transformation").textValue()),
                        Writer.Lines.valueOf(json.get("lines").textValue())));
    }
}
