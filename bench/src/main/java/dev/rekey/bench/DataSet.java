package dev.rekey.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.promotion.ExampleData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tables full of records, and a plan that migrates them.
 *
 * @param title what the records are, for people
 * @param source ending of the names of the source tables
 * @param plan its text
 * @param planName what a write has to be confirmed with
 * @param judged whether the targets were set for records like these
 */
record DataSet(
        String title,
        int records,
        List<ExampleTable> tables,
        Supplier<Stream<ExampleRecord>> data,
        String source,
        String target,
        String plan,
        String planName,
        boolean judged) {
    private static final int JUDGED_BYTES = 1_000;
    private static final long SEED = 7;
    private static final String PROMOTION_SOURCE = "-fvn7t5hbobaxjklhrqzdl4ac34-NONE";
    private static final String PROMOTION_TARGET = "-aqnqdrctpzfwfjwyxxsmu6peoq-NONE";

    /** Records of about {@code bytes} bytes with five references each, no more than {@code perTable} to a table. */
    static DataSet sized(int records, int bytes, int perTable) {
        var sized = new SizedRecords(records, bytes, perTable);
        var source = "-" + bytes + "-dev";
        var target = "-" + bytes + "-prod";
        return new DataSet(
                String.format(Locale.ROOT, "%,d records of %,d bytes, five references each", records, bytes),
                records,
                sized.tables(),
                sized::all,
                source,
                target,
                sized.plan(source, target),
                SizedRecords.PLAN,
                bytes == JUDGED_BYTES);
    }

    /** The example {@code environment-promotion}. */
    static DataSet promotion(int records) throws IOException {
        return new DataSet(
                String.format(Locale.ROOT, "%,d records of the example environment-promotion, 35 tables", records),
                records,
                ExampleData.environmentPromotionTables(),
                () -> ExampleData.environmentPromotion(SEED, records),
                PROMOTION_SOURCE,
                PROMOTION_TARGET,
                Files.readString(Path.of("examples/environment-promotion/plan.yaml")),
                "staging-to-production",
                false);
    }

    String sourceOf(ExampleTable table) {
        return table.name() + source;
    }

    String targetOf(ExampleTable table) {
        return table.name() + target;
    }

    /** The same records, of which each is created on condition, as where applications write to the target. */
    DataSet inUse() {
        var asserted = "{table}" + target + "\", inUse: true";
        return new DataSet(
                title + ", into tables in use",
                records,
                tables,
                data,
                source,
                target,
                plan.replace("{table}" + target + "\"", asserted),
                planName,
                false);
    }

    /** The same records with another plan of the same name. */
    DataSet with(String otherPlan) {
        return new DataSet(title, records, tables, data, source, target, otherPlan, planName, judged);
    }

    /** What starts {@code action} on the plan. */
    ObjectNode input(String action) {
        return asked(action).put("plan", plan);
    }

    /** What starts {@code action} on a run. */
    ObjectNode of(String action, String run) {
        return asked(action).put("run", run);
    }

    private ObjectNode asked(String action) {
        return JsonNodeFactory.instance.objectNode().put("action", action).put("confirm", planName);
    }
}
