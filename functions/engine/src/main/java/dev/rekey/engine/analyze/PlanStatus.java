package dev.rekey.engine.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.InPlaceMapping;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.Taken;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.ReferredValues;
import dev.rekey.engine.migrate.InPlaceRecords;
import dev.rekey.engine.run.Manifest.Probe;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.store.Concurrency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Counts which records of tables that are changed in place are as the plan says, by reading the tables: no run is asked,
 * so what applications wrote since counts too.
 *
 * @param beforePage called before every page is read
 * @param referred values that records take of others; one for each part of a table
 */
public record PlanStatus(
        Source source, Concurrency concurrency, Runnable beforePage, Supplier<ReferredValues> referred) {
    /** More values are not a table for people, and would fill the memory. */
    public static final int MOST_VALUES = 10_000;

    private static final int SEGMENTS_AT_ONCE = 8;

    /** The chosen attribute has more than {@value PlanStatus#MOST_VALUES} values. */
    public static final class TooManyValues extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * A table to read.
     *
     * @param mapping that takes values of other records as it is told
     * @param becoming what a record will be that others take values of
     */
    public record TableToRead(
            TableShape shape,
            Function<Taken, InPlaceMapping> mapping,
            Function<Map<String, AttributeValue>, MappingOutcome> becoming) {
        InPlaceRecords records(Taken taken) {
            return new InPlaceRecords(mapping.apply(taken), shape);
        }
    }

    /** @param tables whose records are there */
    private record Part(List<TableName> tables, Division division, Segment segment) {}

    /**
     * Reads every record, with reads that may miss the writes of the last second and cost half.
     *
     * @param by top-level attribute whose values are counted apart
     * @throws TooManyValues if it has too many
     */
    public SortedMap<TableName, TableStatus> count(Map<TableName, TableToRead> tables, Optional<String> by) {
        var parts = new ArrayList<Part>();
        // Tables that share a physical table are read together.
        var sharing = new TreeMap<TableName, TableToRead>(tables)
                .keySet().stream()
                        .collect(Collectors.groupingBy(
                                name -> tables.get(name).shape().address(), LinkedHashMap::new, Collectors.toList()));
        sharing.values()
                .forEach(names ->
                        parts.addAll(parts(names, tables.get(names.getFirst()).shape())));
        var counted = concurrency.all(
                parts.stream()
                        .<Supplier<Map<TableName, TableStatus>>>map(part -> () -> read(part, tables, by))
                        .toList(),
                SEGMENTS_AT_ONCE);
        var all = new TreeMap<TableName, TableStatus>();
        counted.forEach(part -> part.forEach((name, status) -> {
            var sum = all.merge(name, status, TableStatus::plus);
            if (sum.byValue().size() > MOST_VALUES) {
                throw new TooManyValues();
            }
        }));
        return all;
    }

    private static Map<TableName, StatusTally> tallies(
            Part part, Map<TableName, TableToRead> tables, Optional<String> by, Taken taken) {
        var tallies = new TreeMap<TableName, StatusTally>();
        part.tables()
                .forEach(name ->
                        tallies.put(name, new StatusTally(tables.get(name).records(taken), by)));
        return tallies;
    }

    private List<Part> parts(List<TableName> names, TableShape shape) {
        beforePage.run();
        var size = source.divide(shape.table());
        int pageRecords = new Probe(false, size.records(), size.bytes()).pageRecords();
        var division = new Division(shape, size.segments(), List.of(), pageRecords, false);
        return Segment.all(size.segments()).stream()
                .map(segment -> new Part(names, division, segment))
                .toList();
    }

    private Map<TableName, TableStatus> read(Part part, Map<TableName, TableToRead> tables, Optional<String> by) {
        var taken = referred.get();
        var tallies = tallies(part, tables, by, taken);
        var pages = taken.with(part.tables().getFirst(), source.read(part.division()));
        Optional<JsonNode> cursor = Optional.empty();
        do {
            beforePage.run();
            var page = pages.page(part.segment(), cursor);
            page.items().forEach(record -> tallies.values().forEach(tally -> tally.add(record)));
            cursor = page.next();
        } while (cursor.isPresent());
        var counted = new TreeMap<TableName, TableStatus>();
        tallies.forEach((name, tally) -> counted.put(name, tally.counted()));
        return counted;
    }
}
