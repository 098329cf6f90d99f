package dev.rekey.engine.join;

import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.engine.join.MatchPartition.Existing;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.StoreException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks up many ids within a limit, which may take longer than one invocation: the next one does not ask again what this one
 * knows.
 */
public final class RememberedLookups implements Existing {
    /** An invocation begins with one id, so that it gets on within any limit, and doubles them up to so many. */
    private static final int AT_ONCE = 1_000;

    private final Existing existing;
    private final Documents documents;
    private final ObjectKey at;
    private final Map<Identity, Boolean> answers = new LinkedHashMap<>();
    private int atOnce = 1;
    private boolean begun;

    private record Answer(FamilyName family, OldId id, boolean exists) {}

    /** @param at where the answers are left if an invocation ends before all of them are known */
    public RememberedLookups(Existing existing, Documents documents, ObjectKey at) {
        this.existing = existing;
        this.documents = documents;
        this.at = at;
    }

    @Override
    public boolean needsRecords(FamilyName family) {
        return existing.needsRecords(family);
    }

    @Override
    public Set<OldId> among(FamilyName family, Collection<OldId> ids) {
        if (!begun) {
            documents
                    .findLines(at, Answer.class)
                    .orElse(List.of())
                    .forEach(one -> answers.put(new Identity(one.family(), one.id()), one.exists()));
            begun = true;
        }
        var left = ids.stream()
                .filter(id -> !answers.containsKey(new Identity(family, id)))
                .toList();
        for (int from = 0; from < left.size(); ) {
            var some = left.subList(from, Math.min(left.size(), from + atOnce));
            lookUp(family, some);
            from += some.size();
            atOnce = Math.min(AT_ONCE, 2 * atOnce);
        }
        return ids.stream().filter(id -> answers.get(new Identity(family, id))).collect(Collectors.toSet());
    }

    private void lookUp(FamilyName family, List<OldId> ids) {
        try {
            var found = existing.among(family, ids);
            ids.forEach(id -> answers.put(new Identity(family, id), found.contains(id)));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.THROTTLED && !answers.isEmpty()) {
                documents.putBytes(
                        at,
                        GzippedLines.of(answers.entrySet().stream()
                                .map(one -> new Answer(
                                        one.getKey().family(), one.getKey().id(), one.getValue()))
                                .toList()));
            }
            throw e;
        }
    }
}
