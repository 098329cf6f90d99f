package dev.rekey.cli.deployment;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tables for which something is allowed.
 *
 * @param exact each of them
 * @param asked patterns with {@code *} that the plans themselves name by a template with a prefix or a suffix
 * @param forbidden tables that no pattern may match
 */
record TableArns(SortedSet<String> exact, SortedSet<String> asked, Set<String> forbidden) {
    private static final String ANY = "*";

    /** How long a list may be, as it stands where it is used. */
    interface Fits {
        boolean test(Collection<String> arns);
    }

    /**
     * The tables as they are, if that fits; else by the patterns that were asked for; else, if {@code wide}, by the longest
     * patterns that fit. Empty if nothing does.
     */
    Optional<List<String>> within(Fits fits, boolean wide) {
        var steps = Stream.concat(
                Stream.of(List.copyOf(exact), byPatterns(asked)), wide ? clusters() : Stream.<List<String>>empty());
        return steps.filter(fits::test).findFirst();
    }

    /** What of {@code arns} matches other tables than these. */
    static List<String> patterns(Collection<String> arns) {
        return arns.stream().filter(arn -> name(arn).contains(ANY)).toList();
    }

    private List<String> byPatterns(Collection<String> patterns) {
        var used = patterns.stream()
                .filter(pattern -> forbidden.stream().noneMatch(matches(pattern)))
                .filter(pattern -> exact.stream().anyMatch(matches(pattern)))
                .toList();
        var rest = exact.stream()
                .filter(arn ->
                        used.stream().noneMatch(pattern -> matches(pattern).test(arn)));
        return Stream.concat(used.stream(), rest).toList();
    }

    /** Patterns of what begins alike, the longest beginnings first. */
    private Stream<List<String>> clusters() {
        int longest = exact.stream().mapToInt(arn -> name(arn).length()).max().orElse(0);
        return IntStream.rangeClosed(0, longest)
                .map(length -> longest - length)
                .mapToObj(length -> byPatterns(new TreeSet<>(alike(length).values())));
    }

    private Map<String, String> alike(int length) {
        var groups = exact.stream()
                .collect(Collectors.groupingBy(
                        arn -> arn.substring(0, Math.min(arn.length(), place(arn) + length)),
                        TreeMap::new,
                        Collectors.toList()));
        var patterns = new TreeMap<String, String>();
        groups.forEach((start, group) -> {
            if (group.size() > 1) {
                patterns.put(start, pattern(group));
            }
        });
        return patterns;
    }

    private static String pattern(List<String> alike) {
        var start = alike.stream().reduce(TableArns::commonStart).orElseThrow();
        int shortest = alike.stream()
                .min(Comparator.comparingInt(String::length))
                .orElseThrow()
                .length();
        var ends = alike.stream().map(arn -> reversed(arn.substring(start.length())));
        var end = reversed(ends.reduce(TableArns::commonStart).orElseThrow());
        return start + ANY + end.substring(Math.max(0, start.length() + end.length() - shortest));
    }

    private static String commonStart(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    private static Predicate<String> matches(String pattern) {
        int any = pattern.indexOf(ANY, place(pattern));
        var start = pattern.substring(0, any);
        var end = pattern.substring(any + 1);
        return arn -> arn.length() >= start.length() + end.length() && arn.startsWith(start) && arn.endsWith(end);
    }

    private static String name(String arn) {
        return arn.substring(place(arn));
    }

    /** Where the name of the table begins. */
    private static int place(String arn) {
        return arn.indexOf(":table/") + ":table/".length();
    }
}
