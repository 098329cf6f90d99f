package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.KindOfRecords;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import java.util.Optional;

/** Reads which records of a shared physical table belong to a table: the options {@code from} and {@code match}. */
final class KindReading {
    private final Node.Fields root;
    private final ValueReading values;

    KindReading(Node.Fields root, ValueReading values) {
        this.root = root;
        this.values = values;
    }

    /** Empty if the table has a physical table of its own. */
    Optional<KindOfRecords> kind(Node.Fields options, PlanPath table) {
        return options.text("from")
                .map(from -> new KindOfRecords(
                        new TableName(from),
                        values.literals(options.fields("match"), table.to("match")),
                        Choices.unmatched(root)));
    }
}
