package dev.rekey.engine.join;

import dev.rekey.core.identity.Derivation;
import dev.rekey.core.identity.Identity;
import dev.rekey.core.item.Digest;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.engine.join.Matched.Late;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an earlier join has read of one partition: which of some identities it defined, and the contents of its records.
 * Holds 11 to 22 bytes for each.
 */
public final class ReadBefore {
    private final Map<Identity, List<String>> defined = new HashMap<>();
    private final Set<Identity> wanted;
    private final Hashes contents = new Hashes();
    private final Groups numbers = new Groups();

    private ReadBefore(Set<Identity> wanted) {
        this.wanted = wanted;
    }

    /** What the analysis of a run has read. */
    public static ReadBefore ofAnalysis(Documents documents, RunContext run, int partition, Set<Identity> wanted) {
        var folder = run.folder();
        var read = documents
                .get(folder.match(RunContext.ANALYSIS, partition), Matched.class)
                .value()
                .read();
        return of(documents, folder.joinPrefix(RunContext.ANALYSIS), partition, wanted, read);
    }

    /**
     * Reads what was spilled.
     *
     * @param prefix of the join
     * @param wanted the identities that are asked for
     * @param records how many times the join has listed source records as read in this partition
     * @throws StoreException if that is not what lies there: without it, nothing can be said of who did what
     */
    public static ReadBefore of(Documents documents, String prefix, int partition, Set<Identity> wanted, long records) {
        var before = new ReadBefore(new HashSet<>(wanted));
        var lines = documents.list(Spill.partitionPrefix(prefix, partition));
        long[] read = {0};
        documents.eachLine(lines, Spilled.class, line -> {
            switch (line) {
                case Spilled.Read(var seen) -> {
                    read[0] += seen.size();
                    seen.forEach(before.contents::add);
                }
                case Spilled.Defined defined -> before.defined(defined);
                case Spilled.Outside _,
                        Spilled.Referring _,
                        Spilled.OfKey _,
                        Spilled.Wrote _,
                        Spilled.Deleted _,
                        Spilled.Checked _,
                        Spilled.Known _,
                        Spilled.Values _,
                        Spilled.Example _ -> {}
            }
        });
        if (read[0] != records) {
            throw new StoreException(
                    StoreException.Kind.MISSING,
                    ("Cannot read the results of the analysis under %s%05d: %d records were read, but %d are listed."
                                    + " Nothing was changed. Restore the objects from an earlier version of the bucket.")
                            .formatted(prefix, partition, records, read[0]));
        }
        return before;
    }

    private void defined(Spilled.Defined line) {
        var identity = new Identity(line.id().family(), line.id().old());
        if (wanted.contains(identity)) {
            defined.computeIfAbsent(identity, _ -> new ArrayList<>()).add(line.record());
        }
    }

    /** Source keys of records that have the identity, as DynamoDB JSON; none if no such record was read. */
    public List<String> records(Identity identity) {
        return List.copyOf(defined.getOrDefault(identity, List.of()));
    }

    /** Whether a late record was read with the content that it has now. */
    public boolean hasRead(Late late) {
        return contents.contains(late.number());
    }

    /**
     * Whether a record of the identity was read with this content.
     *
     * @param newId the identity in the target, as {@link Derivation#newText} writes it
     */
    public synchronized boolean hasRead(FamilyName family, String newId, Digest content) {
        return hasRead(Spill.idGroup(family, newId), content);
    }

    /** Whether a record of a group was read with this content. */
    synchronized boolean hasRead(String group, Digest content) {
        return contents.contains(Spilled.number(numbers, group, content));
    }
}
