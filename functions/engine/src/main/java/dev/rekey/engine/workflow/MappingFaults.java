package dev.rekey.engine.workflow;

import dev.rekey.core.identity.Mapping;
import dev.rekey.core.identity.MappingFault;
import dev.rekey.core.identity.MappingFault.Kind;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.run.RunId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is wrong with the mapping of one family: names the first entries of each kind, and counts the others. */
final class MappingFaults {
    private static final int NAMED = 10;

    private final String path;
    private final String source;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    /** Entries that contradict others or earlier runs, by problem. */
    private final Map<String, Long> faulty = new TreeMap<>();

    /**
     * @param path of the mapping in the plan
     * @param source of the entries, in words
     */
    MappingFaults(String path, String source) {
        this.path = path;
        this.source = source;
    }

    /** @param place of the entry in the source */
    void add(String place, MappingFault fault) {
        if (counts.merge(fault.kind(), 1L, Long::sum) <= NAMED) {
            var id = fault.oldId().isEmpty() ? "" : ", old id " + fault.oldId();
            add(
                    fault.kind().id(),
                    "In " + source + ", " + place + id + ": " + fault.message() + ".",
                    hint(fault.kind()));
        }
    }

    /** A new id that is an old one with another new id. */
    void overlaps(String oldId, String newId) {
        named(
                "lookup.overlap",
                "In " + source + ", old id " + oldId + ": the new id " + newId
                        + " is an old id too, and has another new id.",
                "Write the new ids beside the old ones with as, or choose ids that are no old ones.");
    }

    /** A new id of an earlier run that is an old one now, with another new id. */
    void overlaps(RunId earlier, String oldId, String newId) {
        named(
                "lookup.overlap",
                "Run " + earlier + " gave old id " + oldId + " the new id " + newId + ", which is an old id in "
                        + source + " and has another new id there.",
                "Write the new ids beside the old ones with as, choose ids that are no old ones, or roll back the earlier run.");
    }

    /**
     * An old id that an earlier run gave another new one.
     *
     * @param partly whether a part of that run was rolled back
     */
    void changed(RunId earlier, boolean partly, String oldId, String then, String now) {
        var kept = partly ? " With --drift overwrite, also those that an earlier rollback left alone." : "";
        named(
                "lookup.changed",
                "Run " + earlier + " gave old id " + oldId + " the new id " + then + ", and " + source + " gives it "
                        + now + ".",
                "Give the old id its former new id again, or roll back the records that have it: rekey rollback --run "
                        + earlier + "." + kept);
    }

    private void named(String id, String message, String hint) {
        if (faulty.merge(id, 1L, Long::sum) <= NAMED) {
            add(id, message, hint);
        }
    }

    /** The plan has several mappings, and a worker holds them all. */
    void tooLargeTogether() {
        add(
                Kind.TOO_LARGE.id(),
                "The mappings of the plan take more than " + Mapping.MOST_BYTES + " bytes together.",
                hint(Kind.TOO_LARGE));
    }

    /** Something that no single entry is to blame for. */
    void add(String id, String message, String hint) {
        problems.add(new Problem(Severity.ERROR, id, path, message, hint));
    }

    /** Whether reading on makes no sense. */
    boolean areEnough() {
        return counts.containsKey(Kind.TOO_LARGE);
    }

    List<Problem> problems() {
        var all = new ArrayList<>(problems);
        counts.forEach((kind, count) -> more(kind.id(), count, hint(kind), all));
        faulty.forEach((id, count) -> more(id, count, "See those that are named.", all));
        return all;
    }

    private void more(String id, long count, String hint, List<Problem> all) {
        if (count > NAMED) {
            var message = "In " + source + " there are " + Wording.count(count - NAMED) + " more entries of this kind.";
            all.add(new Problem(Severity.ERROR, id, path, message, hint));
        }
    }

    private static String hint(Kind kind) {
        return switch (kind) {
            case NO_ID -> "Correct the entry, or leave it out with where.";
            case TWO_NEW_IDS -> "Keep one of the entries.";
            case MANY_TO_ONE -> "Correct the entries, or set manyToOne.";
            case TOO_LARGE -> "Split the plan, or leave entries out with where.";
        };
    }
}
