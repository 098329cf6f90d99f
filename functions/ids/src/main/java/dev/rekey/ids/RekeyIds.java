package dev.rekey.ids;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rekey.core.identity.IdTranslation;
import dev.rekey.core.identity.IdTranslation.Answer;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.ids.MappingLoader.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * New ids for old ones, and old ids for new ones, by the rules of a plan. Ids are text: a number as decimal, a binary in
 * Base64. May be used by several threads at once.
 *
 * <p>Derived and kept ids are computed. A mapping ({@code lookup}) is loaded whole when it is first needed, held in memory, and
 * loaded again by the first call after its time to live. The calls that need it meanwhile wait for one load. If a load fails,
 * these calls throw, and the next call tries again: an id is never answered from a mapping whose time to live is over.
 */
public final class RekeyIds {
    private final Map<String, IdTranslation> computed;
    private final Map<String, DeclaredFamily> declared;
    private final Cache<String, Loaded> loaded;
    private final MappingTables tables;
    private final MappingFiles files;
    private final IdMetrics metrics;
    private final LongSupplier nanos;

    RekeyIds(
            Map<String, IdTranslation> computed,
            Map<String, DeclaredFamily> declared,
            Duration timeToLive,
            MappingTables tables,
            MappingFiles files,
            IdMetrics metrics,
            LongSupplier nanos) {
        this.computed = Map.copyOf(computed);
        this.declared = Map.copyOf(declared);
        this.loaded = Caffeine.newBuilder()
                .expireAfterWrite(timeToLive)
                .ticker(nanos::getAsLong)
                .build();
        this.tables = tables;
        this.files = files;
        this.metrics = metrics;
        this.nanos = nanos;
    }

    /**
     * Begins with a plan as text. Mappings in files need {@link RekeyIdsBuilder#files}.
     *
     * @param plan YAML or JSON
     * @throws IllegalArgumentException if it is no valid plan, with everything that is wrong
     */
    public static RekeyIdsBuilder ofPlan(String plan) {
        return new RekeyIdsBuilder(plan);
    }

    /**
     * Begins with a plan in a file. Mappings in files are read from beside it.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is no valid plan, with everything that is wrong
     */
    public static RekeyIdsBuilder ofPlan(Path plan) throws IOException {
        return ofPlan(Files.readString(plan))
                .files(MappingFiles.in(plan.toAbsolutePath().getParent()));
    }

    /**
     * The new id of an old one. Empty if the mapping has none, or if {@code oldId} cannot be an id of the family: it is empty,
     * no number, or no Base64.
     *
     * @param family name of the family in the plan; every table is a family of its own unless the plan says otherwise
     * @throws IllegalArgumentException if the plan has no such family
     * @throws MappingLoadException if the mapping has to be loaded and cannot be used
     * @throws RuntimeException what {@link MappingTables} throws
     */
    public Optional<String> newId(String family, String oldId) {
        return first(ids(family).newId(oldId));
    }

    /**
     * The new ids of several old ones, all from the same state of the mapping.
     *
     * @return old id to new id in the order given, without those that have none
     * @throws IllegalArgumentException if the plan has no such family
     * @throws MappingLoadException if the mapping has to be loaded and cannot be used
     * @throws RuntimeException what {@link MappingTables} throws
     */
    public Map<String, String> newIds(String family, Collection<String> oldIds) {
        var ids = ids(family);
        var answers = new LinkedHashMap<String, String>();
        oldIds.forEach(old -> first(ids.newId(old)).ifPresent(now -> answers.put(old, now)));
        return answers;
    }

    /** Whether {@link #oldIds} can answer: derived ids have no inverse. */
    public boolean reverses(String family) {
        var known = computed.get(family);
        return known == null
                ? IdTranslation.reverses(declared(family).rule())
                : IdTranslation.reverses(known.family().rule());
    }

    /**
     * The old ids of a new one: none, one, or several if the mapping allows {@code manyToOne}.
     *
     * @throws IllegalArgumentException if the plan has no such family
     * @throws UnsupportedOperationException if the ids of the family are derived
     * @throws MappingLoadException if the mapping has to be loaded and cannot be used
     * @throws RuntimeException what {@link MappingTables} throws
     */
    public List<String> oldIds(String family, String newId) {
        return oldIds(family, List.of(newId)).getOrDefault(newId, List.of());
    }

    /**
     * The old ids of several new ones. If one of them has several, the whole mapping is read, once.
     *
     * @return new id to old ids in the order given, without those that have none
     * @throws IllegalArgumentException if the plan has no such family
     * @throws UnsupportedOperationException if the ids of the family are derived
     * @throws MappingLoadException if the mapping has to be loaded and cannot be used
     * @throws RuntimeException what {@link MappingTables} throws
     */
    public Map<String, List<String>> oldIds(String family, Collection<String> newIds) {
        if (!reverses(family)) {
            throw new UnsupportedOperationException(
                    "the ids of family " + family + " are derived, and a hash has no inverse");
        }
        var found = new LinkedHashMap<String, List<String>>();
        ids(family).oldIds(newIds).forEach((id, answer) -> {
            switch (answer) {
                case Answer.Ids(var ids) -> found.put(id, ids);
                case Answer.None _ -> {}
            }
        });
        return found;
    }

    /**
     * Loads every mapping of the plan now. A mapping that cannot be loaded stays as it is until its time to live is over.
     *
     * @throws MappingLoadException if one cannot be used
     * @throws RuntimeException what {@link MappingTables} throws
     */
    public void refresh() {
        declared.forEach((name, family) -> loaded.put(name, load(family)));
    }

    /** Forgets every mapping: the next call that needs one loads it. */
    public void clear() {
        loaded.invalidateAll(declared.keySet());
    }

    private static Optional<String> first(Answer answer) {
        return switch (answer) {
            case Answer.Ids(var ids) -> Optional.of(ids.getFirst());
            case Answer.None _ -> Optional.empty();
        };
    }

    private IdTranslation ids(String family) {
        var known = computed.get(family);
        if (known != null) {
            return known;
        }
        var wanted = declared(family);
        var present = loaded.getIfPresent(family);
        if (present != null) {
            metrics.hit(family);
            return present.ids();
        }
        metrics.miss(family);
        return loaded.get(family, _ -> load(wanted)).ids();
    }

    private DeclaredFamily declared(String family) {
        var found = declared.get(family);
        if (found == null) {
            var all = new TreeSet<>(declared.keySet());
            all.addAll(computed.keySet());
            throw new IllegalArgumentException("the plan has no family " + family + ", only " + String.join(", ", all));
        }
        return found;
    }

    private Loaded load(DeclaredFamily family) {
        var name = family.name().value();
        long begun = nanos.getAsLong();
        try {
            var result = new MappingLoader(family).load(tables, files);
            metrics.loaded(name, result.entries(), since(begun));
            return result;
        } catch (RuntimeException e) {
            metrics.failed(name, since(begun));
            throw e;
        }
    }

    private Duration since(long begun) {
        return Duration.ofNanos(nanos.getAsLong() - begun);
    }
}
