package dev.rekey.engine.forecast;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rekey.core.plan.TableName;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What {@code migrate} will consume with this plan and this data: its own validation, copy and verification.
 *
 * @param tables capacity by table, in order of level and name
 * @param consumption of all tables; in the document, its fields stand beside the others
 * @param seconds how long it takes from start to end
 * @param limitedBy what decides over {@code seconds}, such as {@code writeUnitsPerSecond 100}
 * @param price of all that
 * @param assumptions what the forecast supposes
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Forecast(
        List<OfTable> tables,
        @JsonUnwrapped Consumption consumption,
        long seconds,
        String limitedBy,
        Price price,
        List<String> assumptions,
        Optional<Integer> sampled) {

    /**
     * What is consumed.
     *
     * @param readUnits of all tables, source and target
     * @param preparationReadUnits of these, what the look at both sides takes that every run begins with, and the
     *     looks for records that are merged
     * @param writeUnits of all target tables with their secondary indexes
     * @param replicaWriteUnits of their replicas in other regions; empty if there are none
     * @param objectWrites requests to S3 that write or list
     * @param objectReads requests to S3 that read
     * @param stateTransitions of Step Functions
     * @param invocations of Lambda functions
     * @param functionSeconds of all invocations together
     * @param ofSegments of these, what reading, writing and comparing the segments takes
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Consumption(
            long readUnits,
            long preparationReadUnits,
            long writeUnits,
            Optional<Long> replicaWriteUnits,
            long objectWrites,
            long objectReads,
            long stateTransitions,
            long invocations,
            long functionSeconds,
            OfSegments ofSegments) {}

    /** What the workers at the segments take. */
    public record OfSegments(long objectWrites, long objectReads, long invocations) {}

    /**
     * Capacity units that one table of the plan takes.
     *
     * @param readUnits of its source and its target
     * @param writeUnits of its target, without indexes
     * @param indexWriteUnits of the secondary indexes of its target
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record OfTable(
            TableName table, long readUnits, long writeUnits, long indexWriteUnits, Optional<Integer> sampled) {}

    /**
     * In US dollars, without discounts and free tiers.
     *
     * @param list the prices; in the document, its fields stand beside the others
     */
    public record Price(
            @JsonUnwrapped PriceList list,
            double reads,
            double writes,
            double objects,
            double transitions,
            double functions,
            double total) {}

    /**
     * Prices of one region on one day.
     *
     * @param pricesOf the day
     */
    public record PriceList(String region, LocalDate pricesOf) {}
}
