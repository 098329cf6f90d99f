package dev.rekey.engine.verify;

import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.Identity;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.engine.join.FamilyRecords;
import dev.rekey.engine.join.Matched;
import dev.rekey.engine.join.Matched.Late;
import dev.rekey.engine.join.Matched.Orphan;
import dev.rekey.engine.join.ReadBefore;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.verify.PassedOverRecords.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tells our failures from what others did since the analysis: a record is our failure only if it was in the source when
 * the source was analyzed, and still is, with the same content.
 */
final class Attribution {
    /**
     * After so many failures, a reference whose record the analysis read is a failure too, and the source is not asked. A
     * reference whose record it did not read is still looked for there: it is no failure of ours.
     */
    private static final int ENOUGH_FAILURES = 1_000;

    /** References that are judged before the failures are counted again. */
    private static final int BATCH = 1_000;

    private final RunContext run;
    private final Families families;
    private final PassedOverRecords passedOver;
    private final ReadBefore before;
    private final FamilyRecords source;
    private final Invocation invocation;

    private Attribution(
            RunContext run,
            PassedOverRecords passedOver,
            ReadBefore before,
            FamilyRecords source,
            Invocation invocation) {
        this.run = run;
        this.families = run.families();
        this.passedOver = passedOver;
        this.before = before;
        this.source = source;
        this.invocation = invocation;
    }

    /** For what the matching of one partition found. */
    static Attribution of(
            RunContext run,
            Documents documents,
            FamilyRecords source,
            Invocation invocation,
            int partition,
            Matched found) {
        var wanted =
                found.identities().orphans().stream().map(Attribution::identity).collect(Collectors.toSet());
        var before = ReadBefore.ofAnalysis(documents, run, partition, wanted);
        return new Attribution(run, new PassedOverRecords(documents, run), before, source, invocation);
    }

    /**
     * What to say of source records that the run did not log. One is lost only if the run has not even read it: what it read
     * and passed over was something else then.
     */
    Map<Late, Verdict> ofLate(List<Late> records) {
        var unlogged = records.stream()
                .filter(late -> before.hasRead(late) && !late.logged())
                .collect(Collectors.toMap(
                        late -> new Place(late.table(), late.source()), late -> late, (one, _) -> one));
        var passed = passedOver.among(unlogged.keySet());
        var verdicts = new LinkedHashMap<Late, Verdict>();
        records.forEach(late -> verdicts.put(late, Verdict.LATE));
        unlogged.forEach((place, late) -> {
            if (!passed.contains(place)) {
                verdicts.put(late, Verdict.MISSING);
            }
        });
        return verdicts;
    }

    /** What to say of references whose record is not in the target. */
    Map<Identity, Verdict> of(List<Orphan> references) {
        var identities =
                references.stream().map(Attribution::identity).distinct().toList();
        var verdicts = new HashMap<Identity, Verdict>();
        var rest = new ArrayList<>(identities);
        while (!rest.isEmpty()) {
            var some = rest.subList(0, Math.min(BATCH, rest.size()));
            boolean enough =
                    verdicts.values().stream().filter(Verdict::isFailure).count() >= ENOUGH_FAILURES;
            var work = some.stream()
                    .<Supplier<Verdict>>map(one -> () -> of(one, enough))
                    .toList();
            var found = invocation.concurrency().all(work, Invocation.REQUESTS_AT_ONCE);
            for (int i = 0; i < some.size(); i++) {
                verdicts.put(some.get(i), found.get(i));
            }
            some.clear();
        }
        passedOver(verdicts);
        return verdicts;
    }

    /** A reference to a record that the run passed over is no failure either. */
    private void passedOver(Map<Identity, Verdict> verdicts) {
        var places = verdicts.entrySet().stream()
                .filter(one -> one.getValue() == Verdict.DANGLING)
                .map(Map.Entry::getKey)
                .collect(Collectors.toMap(identity -> identity, this::places));
        var passed =
                passedOver.among(places.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
        places.forEach((identity, all) -> {
            if (all.stream().anyMatch(passed::contains)) {
                verdicts.put(identity, Verdict.LATE_REFERENCE);
            }
        });
    }

    private Set<Place> places(Identity identity) {
        return run.plan().tables().stream()
                .filter(table -> table.family().equals(identity.family()))
                .flatMap(table -> before.records(identity).stream().map(key -> new Place(table.name(), key)))
                .collect(Collectors.toSet());
    }

    private Verdict of(Identity identity, boolean enough) {
        var keys = before.records(identity);
        if (enough && !keys.isEmpty()) {
            return Verdict.DANGLING;
        }
        var now = source.now(identity.family(), identity.id(), keys);
        if (now.records().isEmpty()) {
            // What cannot be told apart, the next run's analysis finds.
            return now.complete() ? Verdict.GONE_REFERENCE : Verdict.LATE_REFERENCE;
        }
        var newId = families.rule(identity.family()).resulting(identity.id()).canonical();
        boolean unchanged = now.records().stream()
                .anyMatch(record -> before.hasRead(identity.family(), newId, RecordDigest.of(record)));
        return unchanged ? Verdict.DANGLING : Verdict.LATE_REFERENCE;
    }

    static Identity identity(Orphan reference) {
        return new Identity(reference.family(), reference.id());
    }
}
