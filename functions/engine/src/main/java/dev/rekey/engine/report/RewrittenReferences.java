package dev.rekey.engine.report;

import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.Plan;
import dev.rekey.engine.analyze.ReferenceStatistics;
import dev.rekey.engine.analyze.Survey;
import dev.rekey.engine.report.RunReport.RewrittenReference;
import java.util.stream.Stream;

/** The references whose ids a migration rewrote, or wrote beside the old ones: those of families whose ids change. */
final class RewrittenReferences {
    private RewrittenReferences() {}

    static Stream<RewrittenReference> of(Plan plan, Survey survey) {
        return survey.references().stream()
                .filter(reference -> changes(plan, reference))
                .map(RewrittenReferences::counted);
    }

    private static boolean changes(Plan plan, ReferenceStatistics reference) {
        return plan.rule(reference.declared().family())
                .filter(rule -> !(rule instanceof IdentityRule.Keep))
                .isPresent();
    }

    private static RewrittenReference counted(ReferenceStatistics reference) {
        var declared = reference.declared();
        var values = reference.counted();
        return new RewrittenReference(
                declared.table(),
                declared.path(),
                declared.family(),
                values.values() - values.orphans(),
                values.distinct());
    }
}
