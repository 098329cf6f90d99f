package dev.rekey.engine.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.mapping.InPlaceMapping;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.migrate.InPlaceRecords;
import dev.rekey.engine.run.Manifest.Probe;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.store.Concurrency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Counts which records of tables that are changed in place are as the plan says, by reading the tables: no run is asked,
 * so what applications wrote since counts too.
 *
 * @param beforePage called before every page is read
 */
public record PlanStatus(Source source, Concurrency concurrency, Runnable beforePage) {
    /** More values are not a table for people, and would fill the memory. */
    public static final int MOST_VALUES = 10_000;

    private static final int SEGMENTS_AT_ONCE = 8;

    /** The chosen attribute has more than {@value PlanStatus#MOST_VALUES} values. */
    public static final class TooManyValues extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A table to read. */
    public record TableToRead(TableShape shape, InPlaceMapping mapping) {
        InPlaceRecords records() {
            return new InPlaceRecords(mapping, shape);
        }
    }

    private record Part(TableName table, Division division, Segment segment) {}

    /**
     * Reads every record, with reads that may miss the writes of the last second and cost half.
     *
     * @param by top-level attribute whose values are counted apart
     * @throws TooManyValues if it has too many
     */
    public SortedMap<TableName, TableStatus> count(Map<TableName, TableToRead> tables, Optional<String> by) {
        var parts = new ArrayList<Part>();
        new TreeMap<>(tables).forEach((name, table) -> parts.addAll(parts(name, table.shape())));
        var counted = concurrency.all(
                parts.stream()
                        .<Supplier<TableStatus>>map(part -> () -> read(
                                part, new StatusTally(tables.get(part.table()).records(), by)))
                        .toList(),
                SEGMENTS_AT_ONCE);
        var all = new TreeMap<TableName, TableStatus>();
        for (int i = 0; i < parts.size(); i++) {
            var sum = all.merge(parts.get(i).table(), counted.get(i), TableStatus::plus);
            if (sum.byValue().size() > MOST_VALUES) {
                throw new TooManyValues();
            }
        }
        return all;
    }

    private List<Part> parts(TableName name, TableShape shape) {
        beforePage.run();
        var size = source.divide(shape.table());
        int pageRecords = new Probe(false, size.records(), size.bytes()).pageRecords();
        var division = new Division(shape, size.segments(), List.of(), pageRecords, false);
        return Segment.all(size.segments()).stream()
                .map(segment -> new Part(name, division, segment))
                .toList();
    }

    private TableStatus read(Part part, StatusTally tally) {
        var pages = source.read(part.division());
        Optional<JsonNode> cursor = Optional.empty();
        do {
            beforePage.run();
            var page = pages.page(part.segment(), cursor);
            page.items().forEach(tally::add);
            cursor = page.next();
        } while (cursor.isPresent());
        return tally.counted();
    }
}
