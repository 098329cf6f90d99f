package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.document.Problem;
import java.util.List;

/** What a text was read as. */
public sealed interface PlanReading {
    /**
     * @param canonical the plan's meaning as JSON; equal for texts of equal meaning
     * @param warnings problems that keep no run from starting
     */
    record Valid(Plan plan, String canonical, List<Problem> warnings) implements PlanReading {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /** @param problems all that were found, in the order of the text; at least one of them an error */
    record Invalid(List<Problem> problems) implements PlanReading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
