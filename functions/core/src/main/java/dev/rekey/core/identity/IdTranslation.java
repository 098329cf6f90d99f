package dev.rekey.core.identity;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.IdentityRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ids of one family in both directions, as text: a number as plain decimal, a binary in Base64. For callers that have
 * ids and no records. May be used by several threads at once.
 */
public final class IdTranslation {
    private final Derivation derivation;
    private final Optional<Mapping> mapping;
    private final Survivors survivors;

    private IdTranslation(Derivation derivation, Optional<Mapping> mapping, Survivors survivors) {
        this.derivation = derivation;
        this.mapping = mapping;
        this.survivors = survivors;
    }

    /** @throws IllegalArgumentException if the rule needs a mapping, or cannot be compiled */
    public static IdTranslation of(Family family) {
        return new IdTranslation(Derivation.of(family), Optional.empty(), Survivors.NONE);
    }

    /** @throws IllegalArgumentException if the family is none of lookups, or the mapping has other types */
    public static IdTranslation of(Family family, Mapping mapping) {
        return new IdTranslation(Derivation.of(family, mapping), Optional.of(mapping), Survivors.NONE);
    }

    /** The same family, some of whose records become others of it. */
    public IdTranslation merged(Survivors into) {
        return into.isEmpty() ? this : new IdTranslation(new MergedDerivation(derivation, into), mapping, into);
    }

    /** What an id is on the other side. */
    public sealed interface Answer {
        /** @param ids at least one; a new id is always one */
        record Ids(List<String> ids) implements Answer {
            public Ids {
                ids = List.copyOf(ids);
            }
        }

        /** @param reason part of a sentence whose subject is the id */
        record None(String reason) implements Answer {}
    }

    public Family family() {
        return derivation.family();
    }

    /** Whether old ids can be found by new ones. A hash has no inverse. */
    public static boolean reverses(IdentityRule rule) {
        return switch (rule) {
            case IdentityRule.Derive _ -> false;
            case IdentityRule.Keep _, IdentityRule.Lookup _ -> true;
        };
    }

    public Answer newId(String old) {
        return switch (OldId.ofWritten(family().type(), old)) {
            case OldId id ->
                switch (derivation.of(id)) {
                    case NewId.Unchanged() -> new Answer.Ids(List.of(id.canonical()));
                    case NewId.Changed(var text) -> new Answer.Ids(List.of(text));
                    case NewId.Missing() -> new Answer.None("is not in the mapping");
                };
            case IdReading.NoId() -> new Answer.None("is empty");
            case IdReading.Unusable(var reason) -> new Answer.None(reason);
        };
    }

    /** @throws IllegalStateException if the rule does not {@linkplain #reverses allow} it */
    public Answer oldIds(String now) {
        return oldIds(List.of(now)).get(now);
    }

    /**
     * The old ids of several new ones, read from the mapping in one pass.
     *
     * @return an answer for each, in the order given
     * @throws IllegalStateException if the rule does not {@linkplain #reverses allow} it
     */
    public Map<String, Answer> oldIds(Collection<String> now) {
        if (!reverses(family().rule())) {
            throw new IllegalStateException("the ids of family " + family().name() + " are derived");
        }
        var wanted = new LinkedHashMap<String, IdReading>();
        now.forEach(text -> wanted.put(text, OldId.ofWritten(newType(), text)));
        var found = found(wanted.values());
        var answers = new LinkedHashMap<String, Answer>();
        wanted.forEach((text, reading) -> answers.put(text, answer(reading, found)));
        return answers;
    }

    private KeyType newType() {
        return family().newType();
    }

    private Map<OldId, List<OldId>> found(Collection<IdReading> wanted) {
        Set<OldId> ids = new HashSet<>();
        for (var reading : wanted) {
            if (reading instanceof OldId id) {
                ids.add(id);
            }
        }
        var kept = new LinkedHashMap<OldId, List<OldId>>();
        ids.forEach(id -> kept.put(id, List.of(id)));
        return withMerged(mapping.map(all -> all.oldIds(ids)).orElse(kept));
    }

    /** A new id of a survivor is that of the records that were merged into it, too. */
    private Map<OldId, List<OldId>> withMerged(Map<OldId, List<OldId>> found) {
        if (survivors.isEmpty()) {
            return found;
        }
        var all = new LinkedHashMap<OldId, List<OldId>>();
        found.forEach((now, old) -> all.put(
                now,
                new ArrayList<>(
                        old.stream().filter(id -> !survivors.isMerged(id)).toList())));
        survivors
                .byMerged()
                .forEach((merged, survivor) -> all.values().stream()
                        .filter(old -> old.contains(survivor))
                        .forEach(old -> old.add(merged)));
        all.values().removeIf(List::isEmpty);
        return all;
    }

    private static Answer answer(IdReading reading, Map<OldId, List<OldId>> found) {
        return switch (reading) {
            case OldId id ->
                found.containsKey(id)
                        ? new Answer.Ids(
                                found.get(id).stream().map(OldId::canonical).toList())
                        : new Answer.None("is not a new id of the mapping");
            case IdReading.NoId() -> new Answer.None("is empty");
            case IdReading.Unusable(var reason) -> new Answer.None(reason);
        };
    }
}
