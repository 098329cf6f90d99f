package dev.rekey.engine.report;

import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.OnFailure;
import java.util.Arrays;

/** Where the result of a report's run goes. */
public enum ReportedMode {
    COPY("copy"),
    IN_PLACE("inPlace"),
    /** Some tables are copied, others are changed in place. */
    MIXED("mixed");

    private final String word;

    ReportedMode(String word) {
        this.word = word;
    }

    /** In a report; of one table also the plan's. */
    String word() {
        return word;
    }

    static ReportedMode of(Plan plan) {
        if (!plan.changesInPlace()) {
            return COPY;
        }
        return plan.copies() ? MIXED : IN_PLACE;
    }

    static ReportedMode of(TablePlan table) {
        return table.isInPlace() ? IN_PLACE : COPY;
    }

    /** Of a report; one that does not say is about copies. */
    static ReportedMode of(RunReport report) {
        return of(report.subject().basis().mode(), COPY);
    }

    /** Of a table in {@code report}: that of the report, unless tables have modes of their own. */
    static ReportedMode of(RunReport report, RunReport.OfTable table) {
        return table.mode().map(word -> of(word, COPY)).orElseGet(() -> of(report));
    }

    private static ReportedMode of(String word, ReportedMode otherwise) {
        return Arrays.stream(values())
                .filter(one -> one.word.equals(word))
                .findFirst()
                .orElse(otherwise);
    }

    /** Whether some records stay where they are. */
    public boolean changesInPlace() {
        return this != COPY;
    }

    /** Whether some records are written to a target. */
    public boolean copies() {
        return this != IN_PLACE;
    }

    /** What becomes of a migration that cannot go on, if nobody says so. */
    public OnFailure onFailure() {
        return changesInPlace() ? OnFailure.USUAL_IN_PLACE : OnFailure.USUAL;
    }
}
