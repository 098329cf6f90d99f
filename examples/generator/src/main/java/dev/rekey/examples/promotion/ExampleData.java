package dev.rekey.examples.promotion;

import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import java.util.List;
import java.util.stream.Stream;

/** The generated data of the example {@code environment-promotion}. The same arguments give the same records. */
public final class ExampleData {
    private ExampleData() {}

    /** The 35 tables of the plan, in its order. */
    public static List<ExampleTable> environmentPromotionTables() {
        return Promotion.tables();
    }

    /**
     * Records whose every reference names another of these records. Read it from one thread, once.
     *
     * @param numberOfRecords at least 35, so that no table is empty
     */
    public static Stream<ExampleRecord> environmentPromotion(long seed, int numberOfRecords) {
        return new Promotion(seed, numberOfRecords).records();
    }

    /**
     * A contact, a property, a request, a project and at last a quote, which refer to each other and are new to the data
     * of the same arguments: one record of each level of the plan.
     */
    public static List<ExampleRecord> newQuote(long seed, int numberOfRecords) {
        return new Promotion(seed, numberOfRecords).newQuote();
    }
}
