package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.identity.Mapping;
import dev.rekey.core.identity.MappingBuilder;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.Sha256;
import dev.rekey.core.item.TableDigest;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule.Lookup;
import dev.rekey.core.plan.Plan;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.LineObjects;
import dev.rekey.engine.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mappings of a run, as they were when it was prepared.
 *
 * @param format 1
 * @param families in the order of the plan
 * @param former entries of earlier runs' mappings that those of this run do not have; only for families that have any, and
 *     several of one family where an old id had several new ids, newest first
 */
public record FrozenMappings(
        int format,
        List<FrozenMapping> families,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FrozenMapping> former) {
    /** Of a plan without mappings. */
    public static final FrozenMappings NONE = new FrozenMappings(1, List.of(), List.of());

    public FrozenMappings {
        families = List.copyOf(families);
        // Where there are none, none are written.
        former = former == null ? List.of() : List.copyOf(former);
    }

    /**
     * The mapping of one family.
     *
     * @param source what it was read from, in words
     * @param entries number of old ids
     * @param digest of the entries, whatever their order
     * @param prefix what the keys of its objects begin with
     * @param objects how many there are
     */
    public record FrozenMapping(
            FamilyName family, String source, long entries, TableDigest digest, String prefix, int objects) {}

    /** What the run was prepared with; nothing is read of a plan that declares no family. */
    public static FrozenMappings of(Documents documents, RunFolder folder, Plan plan) {
        return plan.declared().families().isEmpty()
                ? NONE
                : documents.get(folder.mappings(), FrozenMappings.class).value();
    }

    /** The same for who needs no mapping: without them if the list is gone. */
    public static FrozenMappings find(Documents documents, RunFolder folder, Plan plan) {
        return plan.declared().families().isEmpty()
                ? NONE
                : documents
                        .find(folder.mappings(), FrozenMappings.class)
                        .map(Documents.Versioned::value)
                        .orElse(NONE);
    }

    /**
     * Writes the entries of a mapping, without its former ones. Their objects are named by what they hold, in which order: attempts that read
     * something else leave them alone.
     */
    public static FrozenMapping write(
            Documents documents, RunFolder folder, FamilyName family, String source, Mapping mapping) {
        var prefix = folder.mappingPrefix(family) + inOrder(mapping) + "/";
        var objects = new LineObjects(documents, prefix);
        mapping.forEach((old, now) -> objects.add(List.of(old.canonical(), now.canonical())));
        objects.end();
        return new FrozenMapping(family, source, mapping.size(), digest(mapping), prefix, objects.written());
    }

    /** Every mapping, for workers to hold. */
    public Map<FamilyName, Mapping> load(Documents documents, Plan plan) {
        var all = new HashMap<FamilyName, Mapping>();
        families.forEach(one -> all.put(
                one.family(), load(documents, one, plan.lookup(one.family()).orElseThrow())));
        var before = new HashMap<FamilyName, Mapping>();
        former.reversed().forEach(one -> {
            var entries = load(documents, one, plan.lookup(one.family()).orElseThrow());
            before.merge(one.family(), entries, (older, newer) -> newer.after(older));
        });
        before.forEach((of, entries) -> all.computeIfPresent(of, (_, mapping) -> mapping.after(entries)));
        return all;
    }

    /** The mapping of one family. */
    public Optional<FrozenMapping> of(FamilyName family) {
        return families.stream().filter(one -> one.family().equals(family)).findFirst();
    }

    /** Reads one mapping. */
    public static Mapping load(Documents documents, FrozenMapping frozen, Lookup rule) {
        var builder = new MappingBuilder(rule);
        documents.eachLine(LineObjects.keys(frozen.prefix(), frozen.objects()), String[].class, pair -> {
            var _ = builder.add(pair[0], pair[1]);
        });
        var mapping = builder.build();
        if (!digest(mapping).equals(frozen.digest())) {
            throw new StoreException(
                    StoreException.Kind.INVALID,
                    "Cannot read the mapping of family " + frozen.family() + ": the objects " + frozen.prefix()
                            + " are not those that were frozen. Nothing was changed. Restore their first versions.");
        }
        return mapping;
    }

    /** The digest of a mapping's entries, each a record of {@code old} and {@code new}. */
    public static TableDigest digest(Mapping mapping) {
        var digest = new TableDigest[] {TableDigest.EMPTY};
        mapping.forEach((old, now) ->
                digest[0] = digest[0].plus(RecordDigest.of(Map.of("old", old.value(), "new", now.value()))));
        return digest[0];
    }

    private static String inOrder(Mapping mapping) {
        var digest = Sha256.begin();
        mapping.forEach((old, now) -> {
            field(old, digest);
            field(now, digest);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void field(OldId id, MessageDigest digest) {
        var bytes = id.canonical().getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
