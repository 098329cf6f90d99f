package dev.rekey.engine.join;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Key;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.store.Documents;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The source records that the analysis of a run has read, with their content. Asked for the few records that a copy cannot
 * write: what the analysis did not have, others have written since.
 */
public final class AnalyzedRecords {
    /** Some 10 MB each. */
    private static final int PARTITIONS_HELD = 8;

    private final Documents documents;
    private final RunContext run;
    private final Map<Integer, ReadBefore> held = new LinkedHashMap<>();

    public AnalyzedRecords(Documents documents, RunContext run) {
        this.documents = documents;
        this.run = run;
    }

    /**
     * Whether a record of this content was read that belongs under {@code key} of the target.
     *
     * @param content digest of all that decides what it maps to
     */
    public boolean had(TableName table, Key key, Digest content) {
        var group = Spilled.keyGroup(table.holding(), Spilled.text(key));
        return partition(group).hasRead(group, content);
    }

    /** Whether a record with the identity {@code id} was read of which {@code content} is the digest. */
    public boolean had(FamilyName family, OldId id, Digest content) {
        var newId = run.families().rule(family).resulting(id).canonical();
        var group = Spill.idGroup(family, newId);
        return partition(group).hasRead(group, content);
    }

    private synchronized ReadBefore partition(String group) {
        int partition = Spill.partition(group, run.manifest().partitions());
        var known = held.remove(partition);
        if (known == null) {
            known = ReadBefore.ofAnalysis(documents, run, partition, Set.of());
            if (held.size() == PARTITIONS_HELD) {
                held.remove(held.keySet().iterator().next());
            }
        }
        held.put(partition, known);
        return known;
    }
}
