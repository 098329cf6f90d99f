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
 * @param references how many references there are, by table and path
 * @param orphans references without a record
 * @param collisions identities that two old ones would get
 * @param unlogged number of target keys that the run did not log, by table
 * @param unloggedExamples all of them, as long as nobody wrote this down; then only some
 */
public record Matched(
        Map<String, Long> references,
        List<Orphan> orphans,
        List<Collision> collisions,
        Map<TableName, Long> unlogged,
        List<KeyExample> unloggedExamples) {
    private static final int EXAMPLES = 20;

    /** As it is written down. */
    public Matched withFewExamples() {
        return new Matched(
                references,
                orphans,
                collisions,
                unlogged,
                unloggedExamples.stream().limit(EXAMPLES).toList());
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
