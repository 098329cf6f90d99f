package dev.rekey.engine.analyze;

import dev.rekey.core.plan.Checks;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.analyze.JoinedChecks.Compared;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the checks that had nothing to compare: most likely one of their paths is misspelled. */
public record IdleChecks(Documents documents, RunContext run) {
    /** One warning for each such check of {@code tables}. */
    public List<Problem> of(List<TablePlan> tables) {
        var names = new ArrayList<String>();
        for (var table : tables) {
            table.checks()
                    .unique()
                    .forEach(paths -> names.add(JoinedChecks.name(table.name(), "unique", Checks.text(paths))));
            table.checks()
                    .agree()
                    .forEach(one -> names.add(
                            JoinedChecks.name(table.name(), "agree", one.path().text())));
        }
        if (!names.isEmpty()) {
            names.removeAll(compared());
        }
        return names.stream().map(this::problem).toList();
    }

    private Set<String> compared() {
        var all = new HashSet<String>();
        for (int partition = 0; partition < run.manifest().partitions(); partition++) {
            all.addAll(documents
                    .get(JoinedChecks.compared(run.folder(), partition), Compared.class)
                    .value()
                    .checks()
                    .keySet());
        }
        return all;
    }

    private Problem problem(String check) {
        return new Problem(
                Severity.WARNING,
                "check.never-compared",
                "tables." + check,
                "no record of " + run.manifest().options().read() + " has values to compare at these paths",
                "Check the spelling of the paths.");
    }
}
