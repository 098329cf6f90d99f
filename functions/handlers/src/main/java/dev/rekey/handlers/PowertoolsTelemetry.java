package dev.rekey.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Sides;
import dev.rekey.engine.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;
import software.amazon.lambda.powertools.metrics.provider.EmfMetricsProvider;

/**
 * Logs as JSON, and metrics in the embedded format, which CloudWatch takes from the log. For one invocation at a time, as
 * Lambda runs a function.
 */
final class PowertoolsTelemetry implements Telemetry {
    private static final Logger LOG = LoggerFactory.getLogger("rekey");

    /** Fields of a function's input by which its log lines are found. */
    private static final List<String> KEYS = List.of("run", "task", "epoch", "ending");

    private final Meter meter = new Meter();
    /**
     * Not from the library's factory: before a snapshot is taken, it loads every class that the library knows, and one of
     * them needs AspectJ, which is not in the jar.
     */
    private final Metrics metrics = new EmfMetricsProvider().getMetricsInstance();

    /** @param environment like that of a Lambda function, with the variables of Powertools */
    PowertoolsTelemetry(Map<String, String> environment) {
        metrics.setNamespace(environment.getOrDefault("POWERTOOLS_METRICS_NAMESPACE", "Rekey"));
        metrics.setDefaultDimensions(
                DimensionSet.of("Service", environment.getOrDefault("POWERTOOLS_SERVICE_NAME", "rekey")));
        metrics.setRaiseOnEmptyMetrics(false);
    }

    @Override
    public Sides metered(Sides sides) {
        return Sides.of(side -> new MeteredTables(sides.of(side), meter), sides::files);
    }

    @Override
    public Objects watched(Objects objects, InstantSource clock) {
        return new TellingObjects(objects, clock, LOG::warn);
    }

    @Override
    public Object around(Context context, JsonNode input, Supplier<Object> work) {
        return PowertoolsLogging.withLogging(context, () -> {
            KEYS.forEach(key -> note(key, input.path(key)));
            note("table", input.path("item").path("table"));
            try {
                var answer = work.get();
                LOG.info("answered");
                return answer;
            } catch (RuntimeException e) {
                failed(e);
                throw e;
            } finally {
                tell(input);
                MDC.clear();
            }
        });
    }

    @Override
    public void paused(long hours) {
        metrics.addMetric("PausedHours", (double) hours, MetricUnit.COUNT);
        metrics.flush();
    }

    private void failed(RuntimeException e) {
        if (e instanceof StoreException store && store.kind() == StoreException.Kind.THROTTLED) {
            meter.throttled();
        } else {
            meter.failed();
        }
        LOG.error(e.getMessage());
    }

    /** Of what there is to tell: every line costs. */
    private void tell(JsonNode input) {
        var told = new TreeMap<>(meter.drain());
        int level = input.path("item").path("level").asInt(0);
        if (level > 0) {
            told.put("Level", (double) level);
        }
        if (!told.isEmpty()) {
            told.forEach((name, value) -> metrics.addMetric(name, value, MetricUnit.COUNT));
            metrics.flush();
        }
    }

    private static void note(String key, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            MDC.put(key, value.asText());
        }
    }
}
