package dev.rekey.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.identity.Mapping;
import dev.rekey.core.identity.MappingBuilder;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.Plan;
import dev.rekey.engine.run.FrozenMappings;
import dev.rekey.engine.run.FrozenMappings.FrozenMapping;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * What a worker needs to hold a mapping of a million entries.
 *
 * @param heap in bytes, beyond what lived before
 * @param seconds from the first request for the frozen mapping until it can be used
 */
record MappingCosts(int entries, long heap, double seconds) implements Part {
    private static final int ENTRIES = 1_000_000;
    private static final double MEGABYTE = 1_000_000;
    private static final double MOST_MEGABYTES = 200;
    private static final double MOST_SECONDS = 5;
    private static final RunFolder FOLDER = new RunFolder(new RunId("20260101T000000000Z-00000000"));

    /** @param plan has the family {@link InPlaceRecords#FAMILY} */
    static MappingCosts measure(Documents documents, Plan plan, LongSupplier nanos) {
        var family = new FamilyName(InPlaceRecords.FAMILY);
        var frozen = new FrozenMappings(1, List.of(frozen(documents, plan, family)), List.of());
        long before = lives();
        long from = nanos.getAsLong();
        var loaded = frozen.load(documents, plan);
        double seconds = (nanos.getAsLong() - from) / 1e9;
        long heap = lives() - before;
        // Used afterwards, so that it lives until here.
        return new MappingCosts(loaded.get(family).size(), heap, seconds);
    }

    private static FrozenMapping frozen(Documents documents, Plan plan, FamilyName family) {
        return FrozenMappings.write(documents, FOLDER, family, "a measurement", mapping(plan, family));
    }

    /** Ids of the usual length: UUIDs on both sides. */
    private static Mapping mapping(Plan plan, FamilyName family) {
        var builder = new MappingBuilder(plan.lookup(family).orElseThrow());
        for (int i = 0; i < ENTRIES; i++) {
            builder.add(id(i, 1), id(i, 2)).ifPresent(fault -> {
                throw new IllegalStateException(fault.message());
            });
        }
        return builder.build();
    }

    private static String id(int index, int side) {
        return new UUID(index * 0x9E3779B97F4A7C15L, side * 0xD1B54A32D192ED03L).toString();
    }

    private static long lives() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Override
    public String name() {
        return "mapping";
    }

    @Override
    public String markdown() {
        return String.format(
                Locale.ROOT,
                "| a mapping of %,d entries, UUIDs | measured | target |%n|---|---:|---|%n"
                        + "| heap | %.0f MB | %s |%n| loading, from the bucket | %.1f s | %s |%n",
                entries,
                heap / MEGABYTE,
                verdict(heap / MEGABYTE, MOST_MEGABYTES, "MB"),
                seconds,
                verdict(seconds, MOST_SECONDS, "s"));
    }

    private static String verdict(double found, double most, String unit) {
        return String.format(Locale.ROOT, "%s (at most %.0f %s)", found <= most ? "met" : "missed", most, unit);
    }

    @Override
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("entries", entries)
                .put("heapBytes", heap)
                .put("secondsToLoad", seconds);
    }
}
