package dev.rekey.examples.promotion;

import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import java.util.List;
import java.util.function.UnaryOperator;
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
     * A contact, a property, a request, a project and a quote that refer to each other, new to the data of the same
     * arguments. They are valid; but where the quote will go, the target holds something else.
     *
     * @param newQuoteId gives the new id of a record of {@code Quotes} from its old one
     */
    public static Obstructed obstructedQuote(long seed, int numberOfRecords, UnaryOperator<String> newQuoteId) {
        return new Promotion(seed, numberOfRecords).obstructedQuote(newQuoteId);
    }

    /**
     * @param source belong into the source tables; the last is the quote
     * @param obstacle belongs into the target table: it stands under the quote's new key and is not the quote
     */
    public record Obstructed(List<ExampleRecord> source, ExampleRecord obstacle) {
        public Obstructed {
            source = List.copyOf(source);
        }
    }
}
