package dev.rekey.engine.join;

import dev.rekey.engine.identity.OldId;
import dev.rekey.engine.plan.FamilyName;
import dev.rekey.engine.plan.OnOrphan;
import dev.rekey.engine.plan.TableName;
import java.util.List;
import java.util.Map;

/**
 * What the join of one partition, or of several together, found.
 *
 * @param references what stands at each reference, by table and path
 * @param orphans references without a record
 * @param collisions identities that two old ones would get
 * @param unlogged number of target keys that the run did not log, by table
 * @param unloggedExamples all of them, as long as nobody wrote this down; then only some
 * @param sightings values that may be ids, at each place where there are any
 * @param composites pieces of composite key values that are ids, and how many values share a prefix
 */
public record Matched(
        Map<String, References> references,
        List<Orphan> orphans,
        List<Collision> collisions,
        Map<TableName, Long> unlogged,
        List<KeyExample> unloggedExamples,
        List<Sighting> sightings,
        List<CompositeSighting> composites) {
    private static final int EXAMPLES = 20;

    /** As it is written down. */
    public Matched withFewExamples() {
        return new Matched(
                references,
                orphans,
                collisions,
                unlogged,
                unloggedExamples.stream().limit(EXAMPLES).toList(),
                sightings,
                composites);
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

    public record KeyExample(TableName table, String key) {}
}
