package dev.rekey.engine.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.core.item.Wording;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers, times and pieces of documents as people read them. */
public final class Formats {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long KILO = 1024;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private Formats() {}

    /** {@code 640 ms}, {@code 12.3 s}, {@code 4 min 05 s}, {@code 2 h 04 min}. */
    public static String duration(Duration duration) {
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + " ms";
        }
        if (duration.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return duration.toHours() < 1
                ? "%d min %02d s".formatted(duration.toMinutes(), duration.toSecondsPart())
                : "%d h %02d min".formatted(duration.toHours(), duration.toMinutesPart());
    }

    static String bytes(long bytes) {
        if (bytes < KILO) {
            return bytes + " B";
        }
        double size = bytes;
        for (var unit : new String[] {"KB", "MB", "GB"}) {
            size /= KILO;
            if (size < KILO) {
                return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, unit);
            }
        }
        return String.format(Locale.ROOT, "%.1f TB", size / KILO);
    }

    /** {@code 2026-11-21 11:27:28 UTC}. */
    public static String time(Instant time) {
        return time.toString().substring(0, 19).replace('T', ' ') + " UTC";
    }

    /** {@code 2026-11-21 11:27:28.665}, in UTC: moments sort as texts. */
    static String moment(Instant time) {
        return MOMENT.format(time.atOffset(ZoneOffset.UTC));
    }

    static long perSecond(long records, Duration took) {
        return records * 1000 / Math.max(1, took.toMillis());
    }

    /** A key in DynamoDB JSON as {@code id 7}, {@code tenant a, order 12}; what is none stays as it is. */
    static String key(String text) {
        try {
            var key = JSON.readTree(text);
            return key.isObject()
                    ? key.properties().stream()
                            .map(one -> one.getKey() + " " + value(one.getValue()))
                            .collect(Collectors.joining(", "))
                    : text;
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private static String value(JsonNode typed) {
        return Wording.visible(
                typed.isObject() && typed.size() == 1 ? typed.elements().next().asText() : typed.toString());
    }

    /** With two places, and a point whatever the country. */
    static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** A share of {@code of} as a CSS width. */
    static String percent(double value, double of) {
        return of <= 0 ? "0" : decimal(100 * value / of);
    }

    /** {@code and 12 more}; empty if none are left out. */
    static String more(int shown, long all) {
        return all > shown ? "And " + Wording.count(all - shown) + " more." : "";
    }

    /** {@code a}, {@code a b}, or shortened in the middle of a word with a sign that it is. */
    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
