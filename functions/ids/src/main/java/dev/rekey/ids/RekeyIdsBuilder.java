package dev.rekey.ids;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.rekey.core.identity.Family;
import dev.rekey.core.identity.IdReading;
import dev.rekey.core.identity.IdTranslation;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.identity.Survivors;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.MappingSource.OfFile;
import dev.rekey.core.plan.MappingSource.OfIds;
import dev.rekey.core.plan.MappingSource.OfTable;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.ProblemText;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What {@link RekeyIds} is made of. Used by one thread. */
public final class RekeyIdsBuilder {
    /** How long a mapping is used before it is loaded again, if the application sets nothing else. */
    public static final Duration USUAL_TIME_TO_LIVE = Duration.ofMinutes(5);

    private final Plan plan;
    private final Map<String, KeyType> types = new HashMap<>();
    private final Map<String, Map<String, String>> merges = new HashMap<>();
    private Optional<MappingTables> tables = Optional.empty();
    private Optional<MappingFiles> files = Optional.empty();
    private IdMetrics metrics = IdMetrics.NONE;
    private Duration timeToLive = USUAL_TIME_TO_LIVE;
    private LongSupplier nanos = Ticker.systemTicker()::read;

    RekeyIdsBuilder(String text) {
        this.plan = switch (PlanReader.read(text)) {
            case PlanReading.Valid valid -> valid.plan();
            case PlanReading.Invalid(var problems) ->
                throw new IllegalArgumentException(
                        "Not a valid plan:\n" + String.join("\n", ProblemText.lines(problems)));
        };
    }

    /** Where mappings in tables are read. Required if the plan has one. */
    public RekeyIdsBuilder tables(MappingTables reader) {
        tables = Optional.of(reader);
        return this;
    }

    /** Where mappings in files are read. Required if the plan has one and was not read from a file. */
    public RekeyIdsBuilder files(MappingFiles reader) {
        files = Optional.of(reader);
        return this;
    }

    /**
     * The type of the ids of a family of tables: that of the key. Without it, ids are numbers if the plan has {@code digits}
     * for them, and strings if not. Families with a mapping declare their types in the plan.
     */
    public RekeyIdsBuilder type(String family, KeyType type) {
        types.put(family, type);
        return this;
    }

    /**
     * The records of a table that became others, as a run of the plan has merged them: {@code merges} of its report lists them.
     *
     * @param family name of the table's family
     * @param survivors old id of each merged record to the old id of the record that it became
     */
    public RekeyIdsBuilder merges(String family, Map<String, String> survivors) {
        merges.put(family, Map.copyOf(survivors));
        return this;
    }

    /**
     * How long a mapping is used before it is loaded again; {@link #USUAL_TIME_TO_LIVE} if not set. Changes of the mapping
     * are seen after this time at the latest.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public RekeyIdsBuilder timeToLive(Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("the time to live is " + duration + ", which is not positive");
        }
        timeToLive = duration;
        return this;
    }

    /** Is told of every use of a mapping. */
    public RekeyIdsBuilder metrics(IdMetrics listener) {
        metrics = listener;
        return this;
    }

    /** The time in nanoseconds, from any origin; that of {@link System#nanoTime} if not set. */
    public RekeyIdsBuilder clock(LongSupplier ticker) {
        nanos = ticker;
        return this;
    }

    /**
     * Loads nothing yet: {@link RekeyIds#refresh} does.
     *
     * @throws IllegalStateException if the plan has a mapping in a table or a file, and nothing reads it; or if it merges
     *     records of a family and {@link #merges} was not called for it
     * @throws IllegalArgumentException if {@link #type} names another family, ids are derived numbers without digits, or merges
     *     lead in a circle
     */
    public RekeyIds build() {
        var declared = new LinkedHashMap<String, DeclaredFamily>();
        plan.declared().families().forEach(family -> declared.put(family.name().value(), family));
        declared.values().forEach(this::checkReader);
        var computed = new LinkedHashMap<String, IdTranslation>();
        plan.tables().stream()
                .filter(table -> !declared.containsKey(table.family().value()))
                .forEach(table -> computed.computeIfAbsent(table.family().value(), _ -> computed(table)));
        types.keySet().stream().filter(name -> !computed.containsKey(name)).forEach(name -> {
            throw new IllegalArgumentException("a type is set for " + name + ", which is no family of tables");
        });
        return new RekeyIds(
                computed,
                declared,
                timeToLive,
                tables.orElse((table, _, _) -> missing(table)),
                files.orElse(RekeyIdsBuilder::missing),
                metrics,
                nanos);
    }

    private IdTranslation computed(TablePlan table) {
        var usual = table.identity() instanceof IdentityRule.Derive(var _, var digits) && digits.isPresent()
                ? KeyType.N
                : KeyType.S;
        var type = types.getOrDefault(table.family().value(), usual);
        return IdTranslation.of(new Family(table.family(), table.identity(), type))
                .merged(survivors(table, type));
    }

    private Survivors survivors(TablePlan table, KeyType type) {
        var name = table.family().value();
        if (table.merge().isPresent() && !merges.containsKey(name)) {
            throw new IllegalStateException("The plan merges records of " + name
                    + ", and only its runs know which ones. Set merges(…) of the builder.");
        }
        var into = new LinkedHashMap<OldId, OldId>();
        merges.getOrDefault(name, Map.of())
                .forEach((merged, survivor) -> into.put(id(type, merged), id(type, survivor)));
        return switch (Survivors.of(into)) {
            case Survivors.Resolved.Ends(var survivors) -> survivors;
            case Survivors.Resolved.Endless _ ->
                throw new IllegalArgumentException("the merges of " + name + " lead in a circle");
        };
    }

    private static OldId id(KeyType type, String text) {
        return switch (OldId.ofWritten(type, text)) {
            case OldId id -> id;
            case IdReading.NoId() -> throw new IllegalArgumentException("a merged id is empty");
            case IdReading.Unusable(var reason) -> throw new IllegalArgumentException("a merged id " + reason);
        };
    }

    private void checkReader(DeclaredFamily family) {
        switch (family.rule().mapping()) {
            case OfTable table
            when tables.isEmpty() -> missing("table " + table.table().name());
            case OfFile file when files.isEmpty() -> missing("file " + file.file());
            case OfTable _, OfFile _, OfIds _ -> {}
        }
    }

    private static byte[] missing(String source) {
        throw new IllegalStateException("The plan has a mapping in " + source
                + ", and nothing reads it. Set tables(…) or files(…) of the builder.");
    }
}
