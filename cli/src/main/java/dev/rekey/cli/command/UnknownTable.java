package dev.rekey.cli.command;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.NearestName;
import java.util.Collection;

/** The refusal of a table that the user names and that is not there. */
final class UnknownTable {
    private UnknownTable() {}

    /**
     * The refusal. A part of a table is no table of its own.
     *
     * @param cannot what cannot be done
     * @param whose what has no such table, such as {@code plan p}
     * @param known the tables that it has, in the order in which they are named
     */
    static CommandFailure of(String cannot, String whose, TableName asked, Collection<TableName> known) {
        return CommandFailure.usage("Cannot %s: %s has no table %s. Nothing was started. %s."
                .formatted(cannot, whose, asked, next(asked, known)));
    }

    /** Which table to name, to precede a full stop. */
    static String next(TableName asked, Collection<TableName> known) {
        if (asked.isPart() && known.contains(asked.named())) {
            return "Its records belong to table " + asked.named() + ": use " + asked.named();
        }
        var names = known.stream().map(TableName::value).toList();
        var meant = NearestName.of(asked.value(), names).map(name -> "Did you mean " + name + "? ");
        return meant.orElse("") + "Use one of: " + Wording.list(names);
    }
}
