package dev.rekey.core.plan.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class NearestName {
    private NearestName() {}

    /** The known name with the fewest edits to {@code name}, unless they change more than half of it. */
    public static Optional<String> of(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(other -> edits(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(other -> edits(name, other) * 2 <= Math.max(name.length(), other.length()));
    }

    /** A hint such as {@code Did you mean region? Known are: …}. */
    public static String hint(String name, Collection<String> known) {
        var all = "Known: " + Quoted.list(known.stream().sorted().toList()) + ".";
        return of(name, known)
                .map(nearest -> "Did you mean " + nearest + "? " + all)
                .orElse(all);
    }

    /** Insertions, deletions, replacements and swaps of neighbours, whatever the case of letters. */
    private static int edits(String one, String other) {
        var a = one.toLowerCase(Locale.ROOT);
        var b = other.toLowerCase(Locale.ROOT);
        var costs = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                costs[i][j] = i == 0 || j == 0 ? i + j : cheapest(costs, a, b, i, j);
            }
        }
        return costs[a.length()][b.length()];
    }

    private static int cheapest(int[][] costs, String a, String b, int i, int j) {
        var replaced = costs[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        var cost = Math.min(replaced, 1 + Math.min(costs[i - 1][j], costs[i][j - 1]));
        var swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(cost, costs[i - 2][j - 2] + 1) : cost;
    }
}
