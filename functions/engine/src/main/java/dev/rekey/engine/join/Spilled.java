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
import java.util.OptionalLong;
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
 * @param value for checks: digest of a value, or the group of a parent; for {@link Kind#LOGGED}: source key and digest of
 *     what was written; for {@link Kind#LATE}: digest and key of the source record; for composite values: what
 *     {@link CompositeSighting.Where} tells of the place
 * @param count how many values stand behind this line
 * @param seen for lines that have no group
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

    private static final int HEX = 16;
    private static final int DIGEST_DIGITS = 64;

    /** What a line says. */
    public enum Kind {
        /** A record with this identity exists. */
        DEFINED,
        /** A record with this identity exists, but the plan leaves it out. */
        OUTSIDE,
        /** A reference to this identity stands somewhere. */
        USED,
        /** A reference to this identity, of which the run is told that it has no record. */
        ORPHANED,
        /** The run logged this target key. */
        LOGGED,
        /** A source record that belongs under this target key, and that the run did not log. */
        LATE,
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
        EXAMPLE,
        /** Source records of these contents were read. */
        READ
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

    static Spilled read(Seen keys) {
        return new Spilled(Kind.READ, null, null, null, null, null, null, null, null, 1, keys);
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
            Kind kind,
            String group,
            FamilyName family,
            OldId old,
            TableName table,
            String path,
            OnOrphan onOrphan,
            String record) {
        return new Spilled(kind, group, family, old, table, path, onOrphan, record, null, 1, null);
    }

    /** Of a target key: its group says no more than the table and the key. */
    static Spilled key(Kind kind, TableName table, String key) {
        return new Spilled(kind, keyGroup(table, key), null, null, table, null, null, key, null, 1, null);
    }

    /**
     * A target key that was logged.
     *
     * @param source number of the source key
     * @param wrote digest of what was written; empty if nothing was
     */
    static Spilled logged(TableName table, String key, long source, Optional<Digest> wrote) {
        var value = Long.toHexString(source)
                + wrote.map(digest -> ":" + digest.hex()).orElse("");
        return new Spilled(Kind.LOGGED, keyGroup(table, key), null, null, table, null, null, key, value, 1, null);
    }

    /**
     * A late source record.
     *
     * @param source its key
     * @param content its digest
     */
    static Spilled late(TableName table, String key, String source, Digest content) {
        var value = content.hex() + source;
        return new Spilled(Kind.LATE, keyGroup(table, key), null, null, table, null, null, key, value, 1, null);
    }

    /** Of a {@link Kind#LATE} line, the key of the source record. */
    String lateSource() {
        return value.substring(DIGEST_DIGITS);
    }

    /** Of a {@link Kind#LATE} line, the digest of the source record. */
    Digest lateContent() {
        return Digest.ofHex(value.substring(0, DIGEST_DIGITS));
    }

    /** The number under which a record of this content is listed as read. */
    static long number(Groups numbers, String group, Digest content) {
        return numbers.number(group + "|" + content.hex());
    }

    static String keyGroup(TableName table, String key) {
        return "key|" + table + "|" + key;
    }

    /** Of a {@link Kind#LOGGED} line, the number of its source key; empty if that does not matter. */
    OptionalLong source() {
        return kind != Kind.LOGGED || value == null
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseUnsignedLong(value.split(":", 2)[0], HEX));
    }

    /** Of a {@link Kind#LOGGED} line, the digest of what was written; empty if nothing was. */
    Optional<Digest> wrote() {
        int at = kind != Kind.LOGGED || value == null ? -1 : value.indexOf(':');
        return at < 0 ? Optional.empty() : Optional.of(Digest.ofHex(value.substring(at + 1)));
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
