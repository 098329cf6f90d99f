package dev.rekey.engine.join;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TableName;
import java.util.Optional;
import java.util.TreeMap;

/** One line of a spill. What it calls a record or a key is a key as DynamoDB JSON. */
@JsonSerialize(using = SpilledCodec.Writer.class)
@JsonDeserialize(using = SpilledCodec.Reader.class)
public sealed interface Spilled {
    /** A line that meets the others of its group in one partition. */
    sealed interface Grouped extends Spilled {
        /** What is joined: a new identity of a family, a key of a target table, or the values of a check. */
        String group();

        /** The line, when the same is met once more. */
        default Grouped again() {
            return this;
        }
    }

    /** A line of which the partition is chosen by the hashes that it holds. */
    sealed interface Hashed extends Spilled {
        Seen seen();
    }

    /**
     * An identity.
     *
     * @param group the new identity
     * @param old the old identity; of a record in the target, the new one
     */
    record Identified(String group, FamilyName family, OldId old) {}

    /** A record with this identity exists. */
    record Defined(Identified id, String record) implements Grouped {
        @Override
        public String group() {
            return id.group();
        }
    }

    /** A record with this identity exists, but the plan leaves it out. */
    record Outside(Identified id) implements Grouped {
        @Override
        public String group() {
            return id.group();
        }
    }

    /** Where a reference stands. */
    record Holder(TableName table, String path, OnOrphan onOrphan) {
        @Override
        public String toString() {
            return table + "." + path;
        }
    }

    /** References to an identity at one place. */
    sealed interface Referring extends Grouped {
        Identified id();

        Holder at();

        /** The first that holds one. */
        String record();

        /** How many there are. */
        long count();

        @Override
        default String group() {
            return id().group();
        }
    }

    /** A reference to this identity stands somewhere. */
    record Used(Identified id, Holder at, String record, long count) implements Referring {
        @Override
        public Used again() {
            return plus(1);
        }

        Used plus(long more) {
            return new Used(id, at, record, count + more);
        }
    }

    /** A reference to this identity, of which the run is told that it has no record. */
    record Orphaned(Identified id, Holder at, String record, long count) implements Referring {
        @Override
        public Orphaned again() {
            return plus(1);
        }

        Orphaned plus(long more) {
            return new Orphaned(id, at, record, count + more);
        }
    }

    /** A reference to this identity was removed where it stood, since the run is told that it has no record. */
    record Removed(Identified id, Holder at, String record, long count) implements Referring {
        @Override
        public Removed again() {
            return plus(1);
        }

        Removed plus(long more) {
            return new Removed(id, at, record, count + more);
        }
    }

    /** About a key of a target table. */
    sealed interface OfKey extends Grouped {
        TableName table();

        String key();

        @Override
        default String group() {
            return keyGroup(table(), key());
        }
    }

    /**
     * The run logged this target key.
     *
     * @param source number of the source key
     * @param wrote digest of what was written; empty if nothing was
     */
    record Logged(TableName table, String key, long source, Optional<Digest> wrote) implements OfKey {}

    /**
     * The run wrote this attribute of a record that it changed in place.
     *
     * @param wrote digest of the attribute
     */
    record Wrote(TableName table, String key, String attribute, Digest wrote) implements Grouped {
        @Override
        public String group() {
            return attributeGroup(table, key, attribute);
        }
    }

    /**
     * The run deleted the record under this target key.
     *
     * @param content digest of what stood there
     */
    record Deleted(TableName table, String key, Digest content) implements Grouped {
        @Override
        public String group() {
            return keyGroup(table, key);
        }
    }

    /** The run logged this target key in an attempt that another has superseded. */
    record Superseded(TableName table, String key) implements OfKey {}

    /**
     * A source record that belongs under this target key, and that the run did not log.
     *
     * @param source its key
     * @param content its digest
     */
    record Late(TableName table, String key, String source, Digest content) implements OfKey {}

    /** A source record that the plan, or the scope of the run, leaves out would belong under this target key. */
    record LeftOut(TableName table, String key) implements OfKey {}

    /** The target holds this key. */
    record Present(TableName table, String key) implements OfKey {}

    /** Something that a check of {@code table} compares. */
    sealed interface Checked extends Grouped {
        TableName table();

        String path();

        String record();
    }

    /** A record has the values that the group names, which should be unique. */
    record Unique(String group, TableName table, String path, String record) implements Checked {}

    /**
     * The record with this identity has this value, which others compare with theirs.
     *
     * @param value its digest
     */
    record Held(String group, TableName table, String path, String record, String value) implements Checked {}

    /**
     * A record that refers to this identity has this value.
     *
     * @param value its digest
     */
    record Claimed(String group, TableName table, String path, String record, String value) implements Checked {}

    /**
     * The record with this identity has this parent.
     *
     * @param parent the parent's group
     */
    record Parent(String group, TableName table, String path, String record, String parent) implements Checked {}

    /** Records with these identities exist. */
    record Known(FamilyName family, Seen seen) implements Hashed {}

    /** These values stand somewhere. */
    record Values(Place where, Seen seen) implements Hashed {
        /** Whether they are pieces of composite values in keys. */
        boolean isOfKey() {
            return where.part() instanceof Place.Piece;
        }
    }

    /** A record holds one of those pieces. */
    record Example(Place where, Seen seen, String record) implements Hashed {}

    /** Source records of these contents were read. */
    record Read(Seen seen) implements Hashed {}

    /** The number under which a record of this content is listed as read. */
    static long number(Groups numbers, String group, Digest content) {
        return numbers.number(group + "|" + content.hex());
    }

    static String keyGroup(TableName table, String key) {
        return "key|" + table + "|" + key;
    }

    static String attributeGroup(TableName table, String key, String attribute) {
        return "attribute|" + table + "|" + attribute + "|" + key;
    }

    /** A key as the lines write it. */
    static String text(Key key) {
        return TypedJson.text(new TreeMap<>(key.attributes()));
    }
}
