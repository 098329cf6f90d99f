package dev.rekey.engine.proof;

import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Interceptor;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tables and a bucket in memory. */
record MemoryStores(InMemoryTables tables, InMemoryObjects objects) implements Stores {
    @Override
    public void intercept(Interceptor interceptor) {
        tables.intercept(interceptor);
        objects.intercept(interceptor);
    }

    @Override
    public MemoryStores held() {
        return new MemoryStores(tables.copy(), objects.copy());
    }

    @Override
    public String dump() {
        return tables.dump();
    }

    @Override
    public SortedMap<String, byte[]> contents(String prefix) {
        var found = new TreeMap<>(objects.contents());
        found.keySet().removeIf(key -> !key.startsWith(prefix));
        return found;
    }

    /** The version of every object, by key. */
    SortedMap<String, String> versions() {
        var versions = new TreeMap<String, String>();
        objects.all()
                .forEach((key, stored) -> versions.put(key, stored.version().tag()));
        return versions;
    }
}
