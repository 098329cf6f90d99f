package dev.rekey.bench;

import dev.rekey.examples.ExampleRecord;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records of 1,000 bytes that belong to tenants, and a plan that writes an organization beside the tenant. */
record InPlaceRecords(int records) {
    static final String FAMILY = "Tenants";
    static final String OLD = "tenant_id";
    static final String NEW = "organization_id";
    private static final String PLAN = "bench-in-place";
    private static final String LIVE = "-live";
    private static final int BYTES = 1_000;
    private static final int TENANTS = 150;

    DataSet set() {
        var sized = new SizedRecords(records, BYTES, Integer.MAX_VALUE);
        return new DataSet(
                String.format(Locale.ROOT, "%,d records of %,d bytes, one attribute added in place", records, BYTES),
                records,
                sized.tables(),
                this::all,
                LIVE,
                LIVE,
                plan(sized.tables().getFirst().name()),
                PLAN,
                true);
    }

    private Stream<ExampleRecord> all() {
        return new SizedRecords(records, BYTES, Integer.MAX_VALUE).all().map(InPlaceRecords::withTenant);
    }

    private static ExampleRecord withTenant(ExampleRecord record) {
        var item = new LinkedHashMap<>(record.item());
        item.put(
                OLD,
                AttributeValue.fromS(
                        tenant(Math.floorMod(record.item().get("id").hashCode(), TENANTS))));
        return new ExampleRecord(record.table(), item);
    }

    /** The organization of each tenant, as the plan's mapping has it. */
    static Map<String, String> mapping() {
        return IntStream.range(0, TENANTS)
                .boxed()
                .collect(Collectors.toMap(InPlaceRecords::tenant, "organization-%03d"::formatted));
    }

    private static String tenant(int index) {
        return "legacy-%03d".formatted(index);
    }

    private static String plan(String table) {
        Function<Map.Entry<String, String>, String> pair = one -> one.getKey() + ": " + one.getValue();
        var ids = mapping().entrySet().stream().map(pair).sorted().collect(Collectors.joining(", "));
        return """
            plan: %s
            mode: inPlace
            source: { tables: "{table}%s" }
            families: { %s: { rule: lookup, mapping: { ids: { %s } } } }
            tables:
              %s: { references: { %s: { family: %s, as: %s } } }
            """.formatted(PLAN, LIVE, FAMILY, ids, table, OLD, FAMILY, NEW);
    }
}
