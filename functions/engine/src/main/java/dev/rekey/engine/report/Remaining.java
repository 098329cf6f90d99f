package dev.rekey.engine.report;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.LevelResult;
import dev.rekey.engine.verify.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What others changed while a run worked, and somebody has to see to.
 *
 * @param counts how many records or references, by verdict; none of 0
 * @param unfit whether late records are known to no longer fit the plan
 * @param taken whether late records are known whose place in the target others have taken
 * @param kept copies that were to be deleted and stay because others refer to them
 */
record Remaining(Map<Counted, Long> counts, boolean unfit, boolean taken, Optional<Kept> kept) {
    /** Another run would be refused because of these. */
    private static final String UNFIT =
            " Before that, correct the late records that no longer fit the plan, or the plan:"
                    + " the report names where they do not, 'rekey analyze' says why.";

    private static final String TAKEN =
            " Before that, free the places in the target that others' records have taken, which the report lists as target.conflict,"
                    + " or set onConflict in the plan: another run would be refused.";

    /** No run knows what it has not read. */
    private static final String REMOVED =
            " Write removed references back where the report names them, or roll the run back: another run does not restore them.";

    private static final String ENDED = " If records must not be merged whose merges have ended, roll the run back.";

    /**
     * Gone copies that others refer to.
     *
     * @param all whether no other copy is gone
     * @param listed whether the report lists each of them
     * @param places where the references stand
     */
    private record Kept(long copies, boolean all, boolean listed, long references, List<String> places) {
        static Optional<Kept> of(List<LevelResult> levels, long gone) {
            var listed = levels.stream()
                    .flatMap(level -> level.differences().stream())
                    .filter(one -> one.verdict() == Verdict.GONE)
                    .toList();
            var kept = listed.stream().filter(one -> one.places() > 0).toList();
            return kept.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Kept(
                            kept.size(),
                            kept.size() == gone,
                            listed.size() == gone,
                            kept.stream().mapToLong(Difference::places).sum(),
                            kept.stream()
                                    .flatMap(one -> one.attributes().stream())
                                    .distinct()
                                    .sorted()
                                    .toList()));
        }

        String sentence() {
            return " %s%s that %s gone %s not deleted, because %s to %s%s. Change these references, or bring the records back."
                    .formatted(
                            listed ? "" : "At least ",
                            Wording.count(copies) + Wording.agree(copies, " copy", " copies"),
                            Wording.agree(copies, "is", "are"),
                            Wording.agree(copies, "was", "were"),
                            Wording.count(references, "reference") + Wording.agree(references, " leads", " lead"),
                            Wording.agree(copies, "it", "them"),
                            places.isEmpty() ? "" : ", at " + Wording.list(places));
        }
    }

    /** As the verification of {@code levels} found it. */
    static Remaining of(List<LevelResult> levels) {
        var remaining = new TreeMap<Counted, Long>();
        levels.stream()
                .flatMap(level -> level.tables().values().stream())
                .forEach(counts -> counts.forEach((what, count) -> {
                    if (count > 0 && Verdict.find(what).filter(Verdict::remains).isPresent()) {
                        remaining.merge(what, count, Long::sum);
                    }
                }));
        var late = levels.stream()
                .flatMap(level -> level.differences().stream())
                .filter(one -> one.verdict() == Verdict.LATE)
                .flatMap(one -> one.attributes().stream())
                .collect(Collectors.toSet());
        return new Remaining(
                remaining,
                late.stream().anyMatch(why -> !why.equals(Difference.PLACE_TAKEN)),
                late.contains(Difference.PLACE_TAKEN),
                Kept.of(levels, remaining.getOrDefault(Counted.GONE, 0L)));
    }

    private static String named(Verdict verdict) {
        return verdict == Verdict.GONE_REFERENCE ? "a reference to a record that is gone" : verdict.word();
    }

    private static Verdict verdict(Counted counted) {
        return Verdict.find(counted).orElseThrow();
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** What it is, and what to do about it, to follow another sentence; empty if there is nothing. */
    String sentences(Sentences words) {
        if (isEmpty()) {
            return "";
        }
        var what = counts.entrySet().stream()
                .map(one -> Wording.count(one.getValue()) + " "
                        + verdict(one.getKey()).phrase(one.getValue()))
                .toList();
        return words.inTheMeantime() + Wording.list(what) + ". The report lists them." + advice(words);
    }

    /** Another run brings what appeared or changed in the source; about the rest, somebody has to decide. */
    private String advice(Sentences words) {
        var verdicts = counts.keySet().stream().map(Remaining::verdict).toList();
        boolean brings = verdicts.stream().anyMatch(Verdict::isBroughtByAnotherRun);
        return (brings ? words.again() : "")
                + (unfit ? UNFIT : "")
                + (taken ? TAKEN : "")
                + kept.map(Kept::sentence).orElse("")
                + decision(words, verdicts)
                + (verdicts.contains(Verdict.REMOVED_REFERENCE) ? REMOVED : "")
                + (verdicts.contains(Verdict.MATCH_ENDED) ? ENDED : "");
    }

    /** What becomes of records that another run does not bring. */
    private String decision(Sentences words, List<Verdict> verdicts) {
        var named = Stream.of(Verdict.GONE, Verdict.DRIFTED, Verdict.GONE_REFERENCE)
                .filter(verdicts::contains)
                .map(Remaining::named)
                .toList();
        if (named.isEmpty()) {
            return "";
        }
        var copied = "hat is " + String.join(" or ", named) + " stays until you change it"
                + (verdicts.contains(Verdict.GONE)
                        ? "; to delete what is gone%s, run the plan again with --delete-gone, to keep it with --keep-gone."
                                .formatted(kept.filter(Kept::all).isPresent() ? " then" : "")
                        : ".");
        boolean drifted = verdicts.contains(Verdict.DRIFTED);
        var inPlace = Stream.of(
                        named.size() > (drifted ? 1 : 0) ? "does not create what is gone" : "",
                        drifted ? "changes what is drifted, unless onExisting protects it" : "")
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", and "));
        return switch (words) {
            case COPIED -> " W" + copied;
            case IN_PLACE -> " Another run " + inPlace + ".";
            case MIXED -> " In the target, w" + copied + " In place, another run " + inPlace + ".";
        };
    }
}
