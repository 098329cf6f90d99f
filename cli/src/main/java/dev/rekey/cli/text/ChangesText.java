package dev.rekey.cli.text;

import dev.rekey.core.item.TypedJson;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.ChangeSummary;
import dev.rekey.engine.analyze.Excerpt;
import dev.rekey.engine.analyze.RecordChange;
import dev.rekey.engine.analyze.RecordChange.AttributeChange;
import dev.rekey.engine.run.ChangeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a migration would change, as lines of a diff of at most 80 columns. */
public final class ChangesText {
    private static final int COLUMNS = 80;
    private static final String INDENT = "    ";
    private static final int MOST = COLUMNS - INDENT.length();
    /** For a value behind a long name. */
    private static final int LEAST_ROOM = 24;

    private final boolean coloured;

    public ChangesText(boolean coloured) {
        this.coloured = coloured;
    }

    /**
     * A record: its keys, why it is merged, then its attributes.
     *
     * @param why it is merged; empty if it is not
     */
    public List<String> lines(RecordChange change, Optional<String> why) {
        var lines = new ArrayList<String>();
        heading(change).forEach(line -> lines.add(painted(colour(change.kind()), line)));
        why.ifPresent(reason -> lines.add(line(Colour.FAINT, Wording.visible(reason))));
        change.attributes().forEach(attribute -> add(attribute, lines));
        return lines;
    }

    /** The new key stands below the old one where both are too long for a line. */
    private static List<String> heading(RecordChange change) {
        var label = "%-9s  %s  "
                .formatted(change.kind().words(), Wording.visible(change.table().value()));
        var old = label
                + key(change.record())
                + change.because().map(id -> " (" + id + ")").orElse("");
        var becomes = change.becomes()
                .filter(key -> !key.equals(change.record()))
                .map(key -> "-> " + key(key))
                .or(() -> change.into().map(survivor -> "into " + key(survivor)));
        if (becomes.isEmpty()) {
            return List.of(old);
        }
        var line = old + " " + becomes.get();
        return line.length() <= COLUMNS ? List.of(line) : List.of(old, INDENT + becomes.get());
    }

    private static Colour colour(ChangeKind kind) {
        return switch (kind) {
            case CREATE -> Colour.GREEN;
            case CHANGE -> Colour.YELLOW;
            case MERGE -> Colour.MAGENTA;
            case LEAVE_OUT, NOTHING -> Colour.FAINT;
            case BLOCKED -> Colour.RED;
        };
    }

    private void add(AttributeChange attribute, List<String> lines) {
        var name = Wording.visible(attribute.name());
        var to = attribute.to().map(Wording::visible);
        var values = values(attribute, "- " + name + ": ", "+ " + to.orElse(name) + ": ");
        var both = to.map(other -> name + " -> " + other).orElse(name);
        switch (attribute.what()) {
            case RENAMED -> lines.add(line(Colour.CYAN, "> " + both));
            case ADDED, CHANGED, REWRITTEN, REMOVED -> {
                if (values.isEmpty()) {
                    lines.add(named(attribute, both));
                } else {
                    lines.addAll(values);
                }
            }
        }
    }

    private List<String> values(AttributeChange attribute, String was, String is) {
        int room = Math.max(LEAST_ROOM, MOST - Math.max(was.length(), is.length()));
        var before = attribute.before().map(ChangesText::value);
        var after = attribute.after().map(ChangesText::value);
        var lines = new ArrayList<String>();
        if (before.isPresent() && after.isPresent()) {
            var both = Excerpt.of(before.get(), after.get(), room);
            lines.add(line(Colour.RED, was + both.before()));
            lines.add(line(Colour.GREEN, is + both.after()));
        } else {
            before.ifPresent(value -> lines.add(line(Colour.RED, was + value)));
            after.ifPresent(value -> lines.add(line(Colour.GREEN, is + value)));
        }
        return lines;
    }

    private String named(AttributeChange attribute, String name) {
        return switch (attribute.what()) {
            case ADDED -> line(Colour.GREEN, "+ " + name);
            case REMOVED -> line(Colour.RED, "- " + name);
            case CHANGED, REWRITTEN, RENAMED ->
                line(Colour.YELLOW, "~ " + name + "  " + attribute.what().word());
        };
    }

    private String line(Colour colour, String text) {
        return INDENT + painted(colour, Excerpt.of(text, MOST));
    }

    private String painted(Colour colour, String text) {
        return coloured ? colour.on(text) : text;
    }

    /** {@code id o-1}, {@code tenant a, order 12}. */
    private static String key(String text) {
        return TypedJson.parse(text).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> Wording.visible(one.getKey() + " " + unquoted(one.getValue())))
                .collect(Collectors.joining(", "));
    }

    private static String unquoted(AttributeValue value) {
        return value.s() == null ? value(TypedJson.valueText(value)) : value.s();
    }

    /** Strings, numbers and truths without their types; a value that was cut stays as it is. */
    private static String value(String typed) {
        var inner = typed.replaceFirst("^\\{\"(?:S|BOOL)\":(.*)}$", "$1").replaceFirst("^\\{\"N\":\"(.*)\"}$", "$1");
        return Wording.visible(inner);
    }

    /** What an analysis shows of its list. */
    public static List<String> section(ChangeSummary summary) {
        var lines = new ArrayList<>(List.of("", "Changes:"));
        lines.addAll(counts(summary.tables()));
        return lines;
    }

    /** How many records would become what, by table. */
    public static List<String> counts(Map<TableName, Map<ChangeKind, Long>> tables) {
        var kinds = Arrays.stream(ChangeKind.values())
                .filter(kind -> tables.values().stream().anyMatch(counts -> counts.getOrDefault(kind, 0L) > 0))
                .toList();
        var headings = new ArrayList<>(List.of("table"));
        kinds.forEach(kind -> headings.add(kind.words()));
        var columns = new Columns(headings.toArray(String[]::new));
        tables.forEach((table, counts) -> {
            var row = new ArrayList<>(List.of(table.value()));
            kinds.forEach(kind -> row.add(Numbers.count(counts.getOrDefault(kind, 0L))));
            columns.row(row.toArray(String[]::new));
        });
        return columns.lines();
    }
}
