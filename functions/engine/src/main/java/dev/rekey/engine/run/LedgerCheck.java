package dev.rekey.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Wording;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recomputes a ledger's chain. An entry is held by the hash in the entry after it and by every report that names it;
 * what comes after the last report's entry is held by nothing at its end.
 */
public final class LedgerCheck {
    private final RunId run;
    private final List<Stored> stored;
    private final List<Reported> reports;

    private record Reported(ObjectKey report, Ledger.Head head) {}

    private LedgerCheck(RunId run, List<Stored> stored, List<Reported> reports) {
        this.run = run;
        this.stored = stored;
        this.reports = reports;
    }

    /** What the check found. */
    public sealed interface CheckOutcome {
        /**
         * Every entry fits.
         *
         * @param entries how many there are
         * @param held up to which of them a report vouches for the end; 0 if there is no report
         */
        record Whole(int entries, int held) implements CheckOutcome {}

        /**
         * @param entry number of the first entry that does not fit
         * @param problem what is wrong with it, in words
         */
        record Broken(int entry, String problem) implements CheckOutcome {}
    }

    public static CheckOutcome check(Documents documents, RunId run) {
        return new LedgerCheck(run, Stored.all(documents, run), reports(documents, run)).outcome();
    }

    private static List<Reported> reports(Documents documents, RunId run) {
        var reports = new ArrayList<Reported>();
        for (var key : documents.list(new RunFolder(run).report("").name())) {
            if (key.name().endsWith(".json")) {
                var head = documents.get(key, JsonNode.class).value().path("ledger");
                if (head.isObject()) {
                    reports.add(new Reported(
                            key,
                            new Ledger.Head(
                                    head.path("entries").asInt(),
                                    head.path("hash").asText())));
                }
            }
        }
        return reports;
    }

    private CheckOutcome outcome() {
        for (int index = 0; index < stored.size(); index++) {
            int at = index;
            var problem = misplaced(at).or(() -> changed(at));
            if (problem.isPresent()) {
                return new CheckOutcome.Broken(at + 1, problem.get());
            }
        }
        return reports.stream()
                .filter(one -> one.head().entries() > stored.size())
                .findFirst()
                .<CheckOutcome>map(one -> new CheckOutcome.Broken(
                        stored.size() + 1,
                        "it is missing: " + one.report() + " was written when the ledger had "
                                + one.head().entries()
                                + Wording.agree(one.head().entries(), " entry", " entries")))
                .orElseGet(this::whole);
    }

    private CheckOutcome whole() {
        if (stored.isEmpty()) {
            return new CheckOutcome.Broken(1, "it is missing: the ledger has no entries");
        }
        return new CheckOutcome.Whole(
                stored.size(),
                reports.stream().mapToInt(one -> one.head().entries()).max().orElse(0));
    }

    /** Missing, added or moved. */
    private Optional<String> misplaced(int index) {
        var object = stored.get(index);
        int expected = index + 1;
        var number = object.number();
        if (number.isEmpty() || number.get() < expected) {
            return Optional.of("it was added: the object " + object.key() + " does not have the name of an entry");
        }
        if (number.get() > expected) {
            return Optional.of("it is missing: the next object is " + object.key());
        }
        var entry = object.entry();
        if (entry.isEmpty()) {
            return Optional.of("it was changed: " + object.key() + " holds no entry");
        }
        if (!entry.get().run().equals(run)) {
            return Optional.of("it belongs to run " + entry.get().run());
        }
        if (entry.get().sequence() != expected) {
            return Optional.of(
                    "it was moved: its content is entry " + entry.get().sequence());
        }
        return index == 0 && !entry.get().previous().equals(LedgerEntry.NOTHING_BEFORE)
                ? Optional.of("entries before it are missing, or it was changed")
                : Optional.empty();
    }

    /** Other bytes than those that the entry after it, or a report, was written after. */
    private Optional<String> changed(int index) {
        var hash = stored.get(index).hash();
        var byReport = reports.stream()
                .filter(one -> one.head().entries() == index + 1)
                .filter(one -> !one.head().hash().equals(hash))
                .findFirst();
        if (byReport.isPresent()) {
            return Optional.of("it was changed: %s names its hash as %s, and it is %s"
                    .formatted(byReport.get().report(), byReport.get().head().hash(), hash));
        }
        return previousOf(index + 1)
                .filter(previous -> !previous.equals(hash) && !isHeldOtherwise(index))
                .map(previous -> "it was changed, or the entry after it was, which names its hash as %s, and it is %s"
                        .formatted(previous, hash));
    }

    /** Whether the entry after this one is itself not what was written: then that one is to blame. */
    private boolean isHeldOtherwise(int index) {
        var next = stored.get(index + 1).hash();
        return reports.stream()
                        .anyMatch(one -> one.head().entries() == index + 2
                                && !one.head().hash().equals(next))
                || previousOf(index + 2).filter(held -> !held.equals(next)).isPresent();
    }

    /** The hash of the entry before, as one that stands in its place names it. */
    private Optional<String> previousOf(int index) {
        return index < stored.size() && misplaced(index).isEmpty()
                ? stored.get(index).entry().map(LedgerEntry::previous)
                : Optional.empty();
    }
}
