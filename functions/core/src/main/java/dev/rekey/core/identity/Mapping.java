package dev.rekey.core.identity;

import dev.rekey.core.identity.IdPairs.Side;
import dev.rekey.core.plan.IdentityRule.Lookup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Old ids with their new ones, held compactly: a pair takes its bytes, two to four bytes for lengths, and at most 16 in each
 * of two indexes. Immutable; may be used by several threads at once. {@link MappingBuilder} makes one.
 */
public final class Mapping {
    /** What a mapping may take in memory, {@link #bytes} as it counts. */
    public static final long MOST_BYTES = 256L << 20;

    private final Lookup.Types types;
    private final IdPairs pairs;
    private final int[] positions;
    private final IdIndex byOld;
    private final IdIndex byNew;
    private final Optional<Mapping> former;

    Mapping(
            Lookup.Types types,
            IdPairs pairs,
            int[] positions,
            IdIndex byOld,
            IdIndex byNew,
            Optional<Mapping> former) {
        this.types = types;
        this.pairs = pairs;
        this.positions = positions;
        this.byOld = byOld;
        this.byNew = byNew;
        this.former = former;
    }

    /** The same mapping, which knows entries of earlier ones that it does not have itself. */
    public Mapping after(Mapping earlier) {
        return new Mapping(types, pairs, positions, byOld, byNew, Optional.of(earlier));
    }

    /** The old id of a new one. */
    public sealed interface Reverse {
        record One(OldId id) implements Reverse {}

        /** Several old ids have become one. */
        record Several() implements Reverse {}

        record None() implements Reverse {}
    }

    /** Entries of earlier mappings that this one does not have; older new ids of the same old ids follow in its own. */
    public Optional<Mapping> former() {
        return former;
    }

    public Lookup.Types types() {
        return types;
    }

    /** Number of old ids. */
    public int size() {
        return positions.length;
    }

    /** What it takes in memory. */
    public long bytes() {
        return pairs.size()
                + byOld.bytes()
                + byNew.bytes()
                + 4L * positions.length
                + former.map(Mapping::bytes).orElse(0L);
    }

    /** The new id of {@code old}; empty if the mapping has none. */
    public Optional<OldId> newId(OldId old) {
        if (old.type() != types.old()) {
            return Optional.empty();
        }
        var position = byOld.find(old.bytes());
        return position < 0 ? Optional.empty() : Optional.of(id(position, Side.NEW));
    }

    /** Whether {@code id} is a new id of the mapping. */
    public boolean hasNew(OldId id) {
        return id.type() == types.now() && byNew.find(id.bytes()) >= 0;
    }

    /** Whether {@code id} is a new id, of this mapping or of an earlier one. */
    public boolean isNew(OldId id) {
        return hasNew(id) || former.filter(earlier -> earlier.isNew(id)).isPresent();
    }

    public Reverse oldId(OldId now) {
        if (!hasNew(now)) {
            return new Reverse.None();
        }
        var bytes = now.bytes();
        return byNew.isRepeated(bytes) ? new Reverse.Several() : new Reverse.One(id(byNew.find(bytes), Side.OLD));
    }

    /**
     * The old ids of several new ones, in the order in which they were added. Reads the whole mapping at most once, and only
     * if one of the new ids has several old ones.
     *
     * @return without the ids that are no new ids of the mapping
     */
    public Map<OldId, List<OldId>> oldIds(Set<OldId> now) {
        var found = new HashMap<OldId, List<OldId>>();
        var shared = new HashMap<OldId, List<OldId>>();
        for (var id : now) {
            switch (oldId(id)) {
                case Reverse.One(var old) -> found.put(id, List.of(old));
                case Reverse.Several() -> shared.put(id, new ArrayList<>());
                case Reverse.None() -> {}
            }
        }
        if (!shared.isEmpty()) {
            forEach((old, id) -> Optional.ofNullable(shared.get(id)).ifPresent(all -> all.add(old)));
        }
        found.putAll(shared);
        return found;
    }

    /** Gives {@code taker} every old id with its new one, in the order in which they were added. */
    public void forEach(BiConsumer<OldId, OldId> taker) {
        for (var position : positions) {
            taker.accept(id(position, Side.OLD), id(position, Side.NEW));
        }
    }

    /**
     * Gives {@code taker} every old id of this mapping whose new id is an old id of {@code other} with another new id.
     * Where new ids take the place of old ones, such an id would change a second time.
     *
     * @param other this one itself, or one of an earlier run
     */
    public void forEachOverlap(Mapping other, BiConsumer<OldId, OldId> taker) {
        if (types.now() != other.types.old()) {
            return;
        }
        forEach((old, now) -> {
            if (other.newId(now).filter(further -> !further.equals(now)).isPresent()) {
                taker.accept(old, now);
            }
        });
    }

    private OldId id(int position, Side side) {
        return pairs.id(position, side, types);
    }
}
