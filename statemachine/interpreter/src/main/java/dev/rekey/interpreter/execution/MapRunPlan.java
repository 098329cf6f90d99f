package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.Writer;
import java.time.Instant;
import java.util.Optional;

/**
 * What a Map Run is to do.
 *
 * @param parent the execution it belongs to
 * @param label as in the names of its children
 * @param maxConcurrency 0 is unlimited
 * @param toleratedCount of failed items; absent where only the percentage counts
 * @param bucket where results are written; absent where they become the state's result
 */
record MapRunPlan(
        String arn,
        Identity parent,
        String mapState,
        String label,
        Instant started,
        long maxConcurrency,
        Optional<Long> toleratedCount,
        Optional<Double> toleratedPercentage,
        Optional<String> bucket,
        String prefix,
        Writer.Transformation transformation,
        Writer.Lines lines) {

    /** Whether so many failed items of so many are too many. */
    boolean exceeded(long failed, long total) {
        boolean byCount = toleratedCount.isPresent() && failed > toleratedCount.get();
        boolean byPercentage = toleratedPercentage.isPresent() && failed * 100.0 > toleratedPercentage.get() * total;
        boolean none = toleratedCount.isEmpty() && toleratedPercentage.isEmpty() && failed > 0;
        return byCount || byPercentage || none;
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("arn", arn)
                .put("mapState", mapState)
                .put("label", label)
                .put("started", started.toEpochMilli())
                .put("maxConcurrency", maxConcurrency)
                .put("prefix", prefix)
                .put("transformation", transformation.name())
                .put("lines", lines.name());
        json.set("parent", parent.toJson());
        toleratedCount.ifPresent(count -> json.put("toleratedCount", count));
        toleratedPercentage.ifPresent(percentage -> json.put("toleratedPercentage", percentage));
        bucket.ifPresent(name -> json.put("bucket", name));
        return json;
    }

    static MapRunPlan fromJson(ObjectNode json) {
        return new MapRunPlan(
                json.get("arn").textValue(),
                Identity.fromJson((ObjectNode) json.get("parent")),
                json.get("mapState").textValue(),
                json.get("label").textValue(),
                Instant.ofEpochMilli(json.get("started").longValue()),
                json.get("maxConcurrency").longValue(),
                Optional.ofNullable(json.get("toleratedCount")).map(count -> count.longValue()),
                Optional.ofNullable(json.get("toleratedPercentage")).map(percentage -> percentage.doubleValue()),
                Optional.ofNullable(json.get("bucket")).map(name -> name.textValue()),
                json.get("prefix").textValue(),
                Writer.Transformation.valueOf(json.get("transformation").textValue()),
                Writer.Lines.valueOf(json.get("lines").textValue()));
    }
}
