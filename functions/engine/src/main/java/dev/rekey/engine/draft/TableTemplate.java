package dev.rekey.engine.draft;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.TableName;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A template of physical names read backwards.
 *
 * @param text holds {@code {table}} once
 */
public record TableTemplate(String text) {
    private static final String VARIABLE = "{table}";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    /** @throws IllegalArgumentException if {@code text} does not hold {@code {table}} once */
    public TableTemplate {
        if (text.indexOf(VARIABLE) < 0 || text.indexOf(VARIABLE) != text.lastIndexOf(VARIABLE)) {
            throw new IllegalArgumentException(VARIABLE + " must occur exactly once");
        }
    }

    /** The plan's name of the table {@code physical}; empty if the template gives no such name. */
    public Optional<TableName> nameOf(PhysicalTable physical) {
        var before = text.substring(0, text.indexOf(VARIABLE));
        var after = text.substring(before.length() + VARIABLE.length());
        var name = physical.name();
        if (name.length() <= before.length() + after.length() || !name.startsWith(before) || !name.endsWith(after)) {
            return Optional.empty();
        }
        var found = name.substring(before.length(), name.length() - after.length());
        return NAME.matcher(found).matches() ? Optional.of(new TableName(found)) : Optional.empty();
    }

    PhysicalTable physical(TableName table) {
        return new PhysicalTable(text.replace(VARIABLE, table.value()));
    }

    /** Whether {@code physical} is what this template, that of a target, gives for a table of the source. */
    public boolean isTargetOf(TableTemplate source, PhysicalTable physical) {
        return nameOf(physical)
                .filter(name -> source.nameOf(source.physical(name)).isPresent())
                .filter(name -> !source.physical(name).equals(physical))
                .isPresent();
    }
}
