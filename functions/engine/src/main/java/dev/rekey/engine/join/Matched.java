package dev.rekey.engine.join;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the join of one partition, or of several together, found. The JSON document has the fields of all parts side by side.
 *
 * @param identities and the references to them
 * @param keys of target records
 * @param sightings values that may be ids, at each place where there are any
 * @param composites pieces of composite key values that are ids, and how many values share a prefix; of one partition,
 *     also pieces that are none
 * @param read how many times source records were listed as read
 */
public record Matched(
        @JsonUnwrapped Identities identities,
        @JsonUnwrapped Keys keys,
        List<Sighting> sightings,
        List<Sighting> composites,
        long read) {
    /** The same with other orphans. */
    public Matched with(List<Orphan> orphans) {
        return new Matched(identities.with(orphans), keys, sightings, composites, read);
    }

    /**
     * The identities of records, and the references to them.
     *
     * @param references what stands at each reference, by table and path
     * @param orphans references without a record
     * @param collisions identities that two old ones would get
     * @param found references that the run takes for orphans, and whose record is there
     * @param forms of the identities of each family; empty in a run of an earlier release
     */
    public record Identities(
            Map<String, References> references,
            List<Orphan> orphans,
            List<Collision> collisions,
            List<Orphan> found,
            Map<FamilyName, IdForms> forms) {
        public Identities {
            forms = forms == null ? Map.of() : Map.copyOf(forms);
        }

        Identities with(List<Orphan> others) {
            return new Identities(references, others, collisions, found, forms);
        }
    }

    /**
     * The keys of target records, against what the run logged.
     *
     * @param unlogged number of target keys that the run did not log, by table
     * @param unloggedExamples all of them until this is stored; then only some
     * @param collided target keys that several source records were copied to
     * @param late source records that the run did not log
     */
    public record Keys(
            Map<TableName, Long> unlogged,
            List<KeyExample> unloggedExamples,
            List<Collided> collided,
            List<Late> late) {
        /** Of an analysis: nothing is logged yet. */
        public static final Keys NONE = new Keys(Map.of(), List.of(), List.of(), List.of());
    }

    /**
     * The references at one path of a table.
     *
     * @param values how many there are
     * @param distinct how many of them are different
     * @param outside how many of the orphans among them have a record that the plan leaves out
     */
    public record References(long values, long distinct, long outside) {
        public References plus(References more) {
            return new References(values + more.values, distinct + more.distinct, outside + more.outside);
        }
    }

    /**
     * A reference without a record.
     *
     * @param example key of a record that holds it
     * @param count how many values in this table and path
     */
    public record Orphan(
            FamilyName family, OldId id, TableName table, String path, OnOrphan onOrphan, String example, long count) {}

    /** Two or more old identities that get the same new one. */
    public record Collision(FamilyName family, List<OldId> old) {}

    /**
     * A target key.
     *
     * @param inSource whether a source record belongs under it that the run did not write
     */
    public record KeyExample(TableName table, String key, boolean inSource) {}

    /**
     * A target key that several source records were copied to.
     *
     * @param records how many
     */
    public record Collided(TableName table, String key, int records) {
        Collided plus(Collided more) {
            return new Collided(table, key, records + more.records);
        }
    }

    /**
     * A source record that the run did not log when its segment was compared.
     *
     * @param present its target key, if the target holds it
     * @param source its key in the source
     * @param number under which the analysis lists it, if it has read it with the same content
     * @param logged whether that target key was logged all the same
     */
    public record Late(TableName table, Optional<String> present, String source, long number, boolean logged) {}
}
