package dev.rekey.core.identity;

import dev.rekey.core.identity.IdPairs.Side;
import dev.rekey.core.identity.MappingFault.Kind;
import dev.rekey.core.plan.IdentityRule.Lookup;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Takes the entries of a mapping one by one, and says of each what is wrong with it. */
public final class MappingBuilder {
    private static final int[] NONE = new int[0];

    private final Lookup.Types types;
    private final boolean manyToOne;
    private final IdPairs pairs = new IdPairs();
    private final IdIndex byOld = new IdIndex(pairs, Side.OLD);
    private final IdIndex byNew = new IdIndex(pairs, Side.NEW);
    private int[] positions = NONE;
    private int size;

    public MappingBuilder(Lookup rule) {
        this.types = rule.ids();
        this.manyToOne = rule.manyToOne();
    }

    /** An entry as it was read. An attribute that is not there is empty. */
    public Optional<MappingFault> add(Optional<AttributeValue> old, Optional<AttributeValue> now) {
        return add(
                old.map(value -> OldId.read(types.old(), value)).orElseGet(IdReading.NoId::new),
                now.map(value -> OldId.read(types.now(), value)).orElseGet(IdReading.NoId::new));
    }

    /** An entry whose ids were read. */
    Optional<MappingFault> add(IdReading from, IdReading to) {
        return switch (from) {
            case IdReading.NoId() -> fault(Kind.NO_ID, "", "the old id is null, empty or not there");
            case IdReading.Unusable(var reason) -> fault(Kind.NO_ID, "", "the old id " + reason);
            case OldId id ->
                switch (to) {
                    case IdReading.NoId() ->
                        fault(Kind.NO_ID, id.canonical(), "the new id is null, empty or not there");
                    case IdReading.Unusable(var reason) -> fault(Kind.NO_ID, id.canonical(), "the new id " + reason);
                    case OldId becomes -> pair(id, becomes);
                };
        };
    }

    /** An entry of text, as files and plans have it: a number as digits, a binary as Base64. */
    public Optional<MappingFault> add(String old, String now) {
        return add(OldId.ofWritten(types.old(), old), OldId.ofWritten(types.now(), now));
    }

    /** An entry of another mapping. */
    public Optional<MappingFault> add(OldId old, OldId now) {
        return pair(old, now);
    }

    private Optional<MappingFault> pair(OldId old, OldId now) {
        var from = old.bytes();
        var to = now.bytes();
        if (from.length > IdPairs.LONGEST || to.length > IdPairs.LONGEST) {
            return fault(Kind.NO_ID, "", "an id has more than " + IdPairs.LONGEST + " bytes");
        }
        var known = byOld.find(from);
        if (known >= 0) {
            return pairs.is(known, Side.NEW, to)
                    ? Optional.empty()
                    : fault(
                            Kind.TWO_NEW_IDS,
                            old.canonical(),
                            "the old id has two new ones, " + id(known, Side.NEW) + " and " + now.canonical());
        }
        if (bytes() > Mapping.MOST_BYTES) {
            return fault(Kind.TOO_LARGE, "", "the mapping takes more than " + Mapping.MOST_BYTES + " bytes");
        }
        var same = byNew.find(to);
        var shared = same >= 0;
        var position = pairs.add(from, to);
        byOld.add(from, position);
        if (shared) {
            byNew.repeat(to);
        } else {
            byNew.add(to, position);
        }
        remember(position);
        return shared && !manyToOne
                ? fault(
                        Kind.MANY_TO_ONE,
                        old.canonical(),
                        "old id " + id(same, Side.OLD) + " has the same new one, " + now.canonical())
                : Optional.empty();
    }

    private String id(int position, Side side) {
        return pairs.id(position, side, types).canonical();
    }

    private void remember(int position) {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, Math.max(1024, size + size / 2));
        }
        positions[size++] = position;
    }

    private long bytes() {
        return pairs.size() + byOld.bytes() + byNew.bytes() + 4L * positions.length;
    }

    private static Optional<MappingFault> fault(Kind kind, String oldId, String message) {
        return Optional.of(new MappingFault(kind, oldId, message));
    }

    /** The mapping. It must not be used if an entry had a fault, and the builder must not be used again. */
    public Mapping build() {
        return new Mapping(types, pairs, Arrays.copyOf(positions, size), byOld, byNew, Optional.empty());
    }
}
