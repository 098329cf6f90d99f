package dev.rekey.core.plan.check;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemKind;
import java.util.List;
import java.util.stream.Stream;

/** Compares what a plan says of the files of a table with the table that is written. */
final class FileCheck {
    private FileCheck() {}

    /** Of what type a key is, its table says. */
    static void types(TablePlan table, TableShape target, List<Problem> problems) {
        var keys = Stream.concat(
                        target.keyAttributes().stream(),
                        target.indexes().values().stream().flatMap(List::stream))
                .map(KeyAttribute::name)
                .distinct()
                .toList();
        table.file().stream()
                .flatMap(file -> file.types().keySet().stream())
                .filter(path -> path.steps().size() == 1
                        && path.steps().getFirst() instanceof Step.Field(var name)
                        && keys.contains(name))
                .forEach(path -> problems.add(ProblemKind.FILE_OPTION.at(
                        PlanPath.table(table.name()).to("types").to(path.text()),
                        "The attribute " + path.text() + " is a key of the table " + target.table()
                                + " or of its indexes, which says its type.",
                        "Remove it from types.")));
    }
}
