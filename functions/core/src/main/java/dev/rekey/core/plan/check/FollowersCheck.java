package dev.rekey.core.plan.check;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Side;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemKind;
import java.util.List;
import java.util.Optional;

/** Checks where what a run writes to a table goes besides the table. */
record FollowersCheck(TablePlan table, TableShape shape, List<Problem> problems) {
    static void inPlace(Plan plan, TablePlan table, TableShape shape, List<Problem> problems) {
        var check = new FollowersCheck(table, shape, problems);
        check.replicas(
                plan.source(),
                "source",
                ProblemKind.IN_PLACE_REPLICATED,
                "an update there at the same time could overwrite the run's, or be lost.",
                " Else copy the records into another table.");
        check.streams(ProblemKind.IN_PLACE_STREAM, "changes");
    }

    static void copied(Plan plan, TablePlan table, TableShape shape, List<Problem> problems) {
        var check = new FollowersCheck(table, shape, problems);
        check.replicas(
                plan.target(),
                "target",
                ProblemKind.TARGET_REPLICATED,
                "a record written there at the same time could overwrite a copy, or be lost, and a rollback could"
                        + " delete it.",
                " Else copy into a table without replicas, and add them after the run.");
        check.streams(ProblemKind.TARGET_STREAM, "is written");
    }

    private void streams(ProblemKind kind, String what) {
        if (shape.followers().listen()) {
            problems.add(kind.at(
                    PlanPath.table(table.name()),
                    "The table " + shape.table() + " has " + shape.followers().streams()
                            + ": its consumers receive every record that " + what + ", also by a rollback.",
                    "Make sure that they are prepared for it, or disable the stream during the run."));
        }
    }

    /** A condition sees the writes of one region only; the last writer of all regions wins, whatever it had read. */
    private void replicas(Side side, String name, ProblemKind kind, String harm, String otherwise) {
        var followers = shape.followers();
        var only = side.writeRegion();
        if (followers.regions().isEmpty() || followers.consistent() || only.equals(Optional.of(shape.region()))) {
            return;
        }
        var replicated = "The table " + shape.table() + " in " + shape.region() + " is replicated to "
                + String.join(", ", followers.regions());
        problems.add(
                only.isPresent()
                        ? kind.at(
                                PlanPath.ROOT.to(name).to("writeRegion"),
                                replicated + ", and only " + only.get() + " is written.",
                                "Set " + name + ".region to " + only.get() + ".")
                        : kind.at(
                                PlanPath.table(table.name()),
                                replicated + ": " + harm,
                                "If one region only is written, name it as " + name + ".writeRegion." + otherwise));
    }
}
