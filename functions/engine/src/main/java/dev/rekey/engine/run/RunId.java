package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.rekey.core.item.Sha256;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names a run; ids sort by the time their executions started. */
public record RunId(@JsonValue String value) implements Comparable<RunId> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern FORM = Pattern.compile("[0-9]{8}T[0-9]{9}Z-[0-9a-f]{8}");

    /** @throws IllegalArgumentException if {@code value} has not the form of a run's id */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not the id of a run: " + value);
        }
    }

    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    /** The id of the run that is the execution {@code name}, started at {@code startedAt}. */
    public static RunId of(Instant startedAt, String name) {
        return new RunId(TIME.format(startedAt) + "-" + HexFormat.of().formatHex(Sha256.of(name), 0, 4));
    }

    /** When the execution started that is this run. */
    public Instant startedAt() {
        return TIME.parse(value.substring(0, value.indexOf('-')), Instant::from);
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
