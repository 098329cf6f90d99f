package dev.rekey.engine.proof;

import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.List;
import java.util.Map;

/** A plan, and tables in which every rule of it has something to do. */
interface Exhibit {
    String plan();

    /** The tables that the plan reads or writes. */
    List<TableShape> shapes();

    /** Puts records into the tables, which are empty. */
    void fill(InMemoryTables tables);

    /** A table of the plan that has so many records under one partition key that they are read in ranges. */
    String readInRanges();

    /** How many requests a run makes, compared with the largest exhibit, at least. */
    default double size() {
        return 1;
    }

    /** Files in the bucket that are the source, by their keys; empty if the source is tables. */
    default Map<String, byte[]> files() {
        return Map.of();
    }

    /** The bucket before any run. */
    default InMemoryObjects bucket() {
        var bucket = new InMemoryObjects();
        files().forEach((key, content) -> bucket.put(new ObjectKey(key), content));
        return bucket;
    }

    /** The tables, with everything in them. */
    default InMemoryTables tables() {
        var tables = new InMemoryTables();
        shapes().forEach(tables::createTable);
        fill(tables);
        return tables;
    }
}
