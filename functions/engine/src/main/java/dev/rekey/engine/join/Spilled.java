package dev.rekey.engine.join;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.rekey.engine.identity.OldId;
import dev.rekey.engine.plan.FamilyName;
import dev.rekey.engine.plan.OnOrphan;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.record.TypedJson;
import dev.rekey.engine.table.Key;
import java.util.TreeMap;

/**
 * One line of a spill. Lines with the same {@code group} meet in the same partition.
 *
 * @param kind what the line says
 * @param group what is joined: a new identity of a family, or a key of a target table
 * @param family for identities
 * @param old the old identity; for {@link Kind#DEFINED} in the target, the new one
 * @param table for keys and references: the table that holds them
 * @param path for references
 * @param example key of a record that this is about, as DynamoDB JSON
 * @param value for checks: digest of a value, or the group of a parent; for composite values: what {@link
 *     CompositeSighting.Where} tells of the place
 * @param count how many values stand behind this line
 * @param seen for lines that have no group: their partition is that of its hashes
 */
@JsonSerialize(using = SpilledCodec.Writer.class)
@JsonDeserialize(using = SpilledCodec.Reader.class)
public record Spilled(
        Kind kind,
        String group,
        FamilyName family,
        OldId old,
        TableName table,
        String path,
        OnOrphan onOrphan,
        String example,
        String value,
        long count,
        Seen seen) {

    /** What a line says. */
    public enum Kind {
        /** A record with this identity exists. */
        DEFINED,
        /** A record with this identity exists, but the plan leaves it out. */
        OUTSIDE,
        /** A reference to this identity stands somewhere. */
        USED,
        /** The run logged this target key. */
        LOGGED,
        /** The target holds this key. */
        PRESENT,
        /** A record has the values that the group names, which should be unique. */
        UNIQUE,
        /** The record with this identity has this value, which others compare with theirs. */
        HELD,
        /** A record that refers to this identity has this value. */
        CLAIMED,
        /** The record with this identity has this parent. */
        PARENT,
        /** Records with these identities exist. */
        KNOWN,
        /** These values stand somewhere. */
        SEEN,
        /** These pieces of composite values stand in keys. */
        COMPOSED,
        /** A record holds one of those pieces. */
        EXAMPLE
    }

    static Spilled defined(String group, FamilyName family, OldId old, String record) {
        return new Spilled(Kind.DEFINED, group, family, old, null, null, null, record, null, 1, null);
    }

    static Spilled outside(String group, FamilyName family, OldId old) {
        return new Spilled(Kind.OUTSIDE, group, family, old, null, null, null, null, null, 1, null);
    }

    static Spilled known(FamilyName family, Seen seen) {
        return new Spilled(Kind.KNOWN, null, family, null, null, null, null, null, null, 1, seen);
    }

    static Spilled seen(TableName table, String path, Seen seen) {
        return new Spilled(Kind.SEEN, null, null, null, table, path, null, null, null, 1, seen);
    }

    static Spilled composite(CompositeSighting.Where where, Seen seen) {
        return new Spilled(
                Kind.COMPOSED, null, null, null, where.table(), where.attribute(), null, null, where.text(), 1, seen);
    }

    static Spilled example(CompositeSighting.Where where, Seen seen, String record) {
        return new Spilled(
                Kind.EXAMPLE, null, null, null, where.table(), where.attribute(), null, record, where.text(), 1, seen);
    }

    static Spilled used(
            String group,
            FamilyName family,
            OldId old,
            TableName table,
            String path,
            OnOrphan onOrphan,
            String record) {
        return new Spilled(Kind.USED, group, family, old, table, path, onOrphan, record, null, 1, null);
    }

    /** Of a target key: its group says no more than the table and the key. */
    static Spilled key(Kind kind, TableName table, String key) {
        return new Spilled(kind, "key|" + table + "|" + key, null, null, table, null, null, key, null, 1, null);
    }

    static Spilled checked(Kind kind, String group, TableName table, String path, String record, String value) {
        return new Spilled(kind, group, null, null, table, path, null, record, value, 1, null);
    }

    Spilled plus(long more) {
        return new Spilled(kind, group, family, old, table, path, onOrphan, example, value, count + more, seen);
    }

    /** A key as the lines write it. */
    public static String text(Key key) {
        return TypedJson.text(new TreeMap<>(key.attributes()));
    }
}
