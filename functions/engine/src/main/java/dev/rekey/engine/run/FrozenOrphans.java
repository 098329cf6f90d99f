package dev.rekey.engine.run;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The references without a record, as they were found when the run was validated. */
public record FrozenOrphans(Set<Identity> identities) implements Orphans {
    @Override
    public boolean contains(FamilyName family, OldId id) {
        return !identities.isEmpty() && identities.contains(new Identity(family, id));
    }

    @Override
    public boolean isEmpty() {
        return identities.isEmpty();
    }

    /** Those of {@code orphans} of which no worker found a record when it was about to remove a reference. */
    public static Orphans withoutArrived(Orphans orphans, Documents documents, RunFolder folder) {
        if (!(orphans instanceof FrozenOrphans(var identities))) {
            return orphans;
        }
        var arrived = documents.list(folder.arrived());
        if (arrived.isEmpty()) {
            return orphans;
        }
        var left = new HashSet<>(identities);
        documents.eachLine(arrived, Identity.class, left::remove);
        return new FrozenOrphans(left);
    }

    /** Writes down of which orphans records were found: before anything is written that depends on it. */
    public static void arrived(Documents documents, RunFolder folder, Collection<Identity> identities) {
        var names = identities.stream()
                .map(one -> AttributeValue.fromL(List.of(
                        AttributeValue.fromS(one.family().value()), one.id().value())))
                .toList();
        // Named by what it says: whoever finds the same writes the same.
        var name = RecordDigest.of(Map.of("arrived", AttributeValue.fromL(names)));
        documents.putBytes(new ObjectKey(folder.arrived() + name.hex() + ".jsonl.gz"), GzippedLines.of(identities));
    }

    /** Freezes {@code identities} into the run. */
    public static void freeze(Documents documents, RunFolder folder, Collection<Identity> identities) {
        documents.putBytes(folder.orphans(), GzippedLines.of(identities));
    }

    /** The same, unless another attempt has frozen some: of two attempts the first decides, since others may work by it. */
    public static FrozenOrphans decide(Documents documents, RunFolder folder, Collection<Identity> identities) {
        return switch (documents.createBytes(folder.orphans(), GzippedLines.of(identities))) {
            case Objects.PutOutcome.Done _ -> new FrozenOrphans(Set.copyOf(identities));
            case Objects.PutOutcome.ConditionFailed _ -> load(documents, folder);
        };
    }

    /** Empty if they were not looked for yet. */
    public static Optional<FrozenOrphans> find(Documents documents, RunFolder folder) {
        return documents
                .findLines(folder.orphans(), Identity.class)
                .map(Set::copyOf)
                .map(FrozenOrphans::new);
    }

    /** The orphans of the run; none if they were not looked for yet. */
    public static FrozenOrphans load(Documents documents, RunFolder folder) {
        return find(documents, folder).orElse(new FrozenOrphans(Set.of()));
    }
}
