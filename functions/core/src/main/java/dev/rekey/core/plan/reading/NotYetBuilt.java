package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.Creates;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TablePlan;
import java.util.ArrayList;
import java.util.List;

/** What a plan can say and no run can do yet. Asked where a plan is accepted for a run. */
public final class NotYetBuilt {
    private final List<Problem> problems = new ArrayList<>();

    private NotYetBuilt() {}

    /** One problem for each option of {@code plan} that a run would pass over. */
    public static List<Problem> in(Plan plan) {
        var found = new NotYetBuilt();
        plan.tables().forEach(found::created);
        return List.copyOf(found.problems);
    }

    private void created(TablePlan table) {
        table.references().stream()
                .filter(reference -> !reference.creates().equals(Creates.NOTHING))
                .forEach(reference -> add(
                        PlanPath.table(table.name())
                                .to("references")
                                .to(reference.path().text()),
                        "A reference whose records are created"));
    }

    private void add(PlanPath path, String what) {
        problems.add(ProblemKind.OPTION_NOT_YET.at(path, OpenDoors.fact(what), OpenDoors.HINT));
    }
}
