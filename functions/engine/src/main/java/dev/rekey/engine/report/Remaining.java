package dev.rekey.engine.report;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.LevelResult;
import dev.rekey.engine.verify.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What others changed while a run worked, and somebody has to see to.
 *
 * @param counts how many records or references, by verdict; none of 0
 * @param unfit whether late records are known to no longer fit the plan
 * @param taken whether late records are known whose place in the target others have taken
 */
record Remaining(Map<Counted, Long> counts, boolean unfit, boolean taken) {
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
                late.contains(Difference.PLACE_TAKEN));
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
                + decision(words, verdicts)
                + (verdicts.contains(Verdict.REMOVED_REFERENCE) ? REMOVED : "")
                + (verdicts.contains(Verdict.MATCH_ENDED) ? ENDED : "");
    }

    /** What becomes of records that another run does not bring. */
    private static String decision(Sentences words, List<Verdict> verdicts) {
        var named = verdicts.stream()
                .filter(Verdict::isForSomebodyToDecide)
                .map(one -> one == Verdict.DRIFTED ? "drifted" : "gone")
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        if (named.isEmpty()) {
            return "";
        }
        var copied = "hat is " + String.join(" or ", named) + " stays until you change it"
                + (verdicts.contains(Verdict.GONE)
                        ? "; to delete what is gone, run the plan again with --delete-gone."
                        : ".");
        var inPlace = Stream.of(
                        named.contains("gone") ? "does not create what is gone" : "",
                        named.contains("drifted") ? "changes what is drifted, unless onExisting protects it" : "")
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", and "));
        return switch (words) {
            case COPIED -> " W" + copied;
            case IN_PLACE -> " Another run " + inPlace + ".";
            case MIXED -> " In the target, w" + copied + " In place, another run " + inPlace + ".";
        };
    }
}
