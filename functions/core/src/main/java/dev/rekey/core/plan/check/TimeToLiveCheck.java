package dev.rekey.core.plan.check;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemKind;
import java.util.List;

/** Compares when records expire in the source with when they expire in the target. */
final class TimeToLiveCheck {
    private TimeToLiveCheck() {}

    /**
     * A target that expires records by an attribute that means nothing to the source deletes records that the source
     * keeps, some of them at once. It may be intended, so it is a warning.
     */
    static void sameTimeToLive(TablePlan table, TableShape source, TableShape target, List<Problem> problems) {
        target.timeToLive()
                .filter(attribute -> isWritten(table, attribute))
                .filter(attribute ->
                        !source.timeToLive().map(name -> renamed(table, name)).equals(target.timeToLive()))
                .ifPresent(attribute -> problems.add(ProblemKind.TIME_TO_LIVE_ONLY_IN_TARGET.at(
                        PlanPath.table(table.name()),
                        "The target " + target.table() + " expires records by the time in " + attribute
                                + ", and the source " + source.table() + " does not.",
                        "Turn the target's time to live off, or drop the attribute, unless these records shall"
                                + " expire.")));
    }

    private static boolean isWritten(TablePlan table, String attribute) {
        return table.set().containsKey(attribute)
                || table.rename().containsValue(attribute)
                || (!table.drop().contains(attribute) && !table.rename().containsKey(attribute));
    }

    private static String renamed(TablePlan table, String attribute) {
        return table.rename().getOrDefault(attribute, attribute);
    }
}
