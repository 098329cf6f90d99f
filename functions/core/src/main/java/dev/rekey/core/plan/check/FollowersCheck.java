package dev.rekey.core.plan.check;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemKind;
import java.util.List;
import java.util.Optional;

/** Checks where the changes of a table go that is changed in place. */
final class FollowersCheck {
    private FollowersCheck() {}

    static void inPlace(Plan plan, TablePlan table, TableShape shape, List<Problem> problems) {
        replicas(plan, table, shape, problems);
        if (shape.followers().stream()) {
            problems.add(ProblemKind.IN_PLACE_STREAM.at(
                    PlanPath.table(table.name()),
                    "The table " + shape.table() + " has a stream: its consumers receive every record that changes.",
                    "Make sure that they are prepared for it, or disable the stream during the run."));
        }
    }

    /** A condition sees the writes of one region only; the last writer of all regions wins, whatever it had read. */
    private static void replicas(Plan plan, TablePlan table, TableShape shape, List<Problem> problems) {
        var followers = shape.followers();
        if (followers.regions().isEmpty() || followers.consistent()) {
            return;
        }
        var only = plan.source().writeRegion();
        if (only.equals(Optional.of(shape.region()))) {
            return;
        }
        var replicated = "The table " + shape.table() + " in " + shape.region() + " is replicated to "
                + String.join(", ", followers.regions());
        problems.add(
                only.isPresent()
                        ? ProblemKind.IN_PLACE_REPLICATED.at(
                                PlanPath.ROOT.to("source").to("writeRegion"),
                                replicated + ", and only " + only.get() + " is written.",
                                "Set source.region to " + only.get() + ".")
                        : ProblemKind.IN_PLACE_REPLICATED.at(
                                PlanPath.table(table.name()),
                                replicated
                                        + ": an update there at the same time could overwrite the run's, or be lost.",
                                "If one region only is written, name it as source.writeRegion. Else copy the records"
                                        + " into another table."));
    }
}
