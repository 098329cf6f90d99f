package dev.rekey.engine.join;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of an attribute's name, lower case, without digits.
 *
 * @param stem the words before {@code id}, or before a word for a number
 * @param saysId whether the name ends with {@code id} or a word like it
 */
public record Words(List<String> stem, boolean saysId) {
    private static final Pattern BETWEEN = Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^\\p{L}]+");
    private static final Set<String> ID = Set.of("id", "ids", "uuid", "guid", "fk", "ref");
    /** After the name of a table they mean one of its records, or how many there are of it. */
    private static final Set<String> NUMBER = Set.of("no", "nr", "num", "number", "code");
    /** Attributes that are called so are called after nothing. */
    private static final Set<String> BARE = Set.of("id", "pk", "sk", "key", "uuid", "guid", "name", "code", "number");
    /** The id is one of another system. */
    private static final Set<String> FOREIGN =
            Set.of("external", "ext", "legacy", "old", "foreign", "remote", "imported", "vendor", "original");

    private static final Set<String> TO_OWN_TABLE =
            Set.of("parent", "reportsto", "ancestor", "predecessor", "successor", "previous", "replaces");
    private static final Set<String> PERSON_IN_A_ROLE = Set.of(
            "rep", "agent", "manager", "owner", "assignee", "author", "editor", "reviewer", "sender", "recipient");
    private static final Set<String> PEOPLE =
            Set.of("employee", "user", "person", "people", "contact", "staff", "member");

    /** @param names of the attribute and the maps around it, from the outermost */
    public static Words of(List<String> names) {
        var words = split(names.getLast());
        // What is called id only is called after what it stands in.
        if (names.size() > 1 && words.stream().allMatch(BARE::contains)) {
            var longer = split(names.get(names.size() - 2));
            longer.addAll(words);
            words = longer;
        }
        if (!words.isEmpty() && ID.contains(words.getLast())) {
            return new Words(List.copyOf(words.subList(0, words.size() - 1)), true);
        }
        if (words.size() > 1 && NUMBER.contains(words.getLast())) {
            return new Words(List.copyOf(words.subList(0, words.size() - 1)), false);
        }
        return new Words(List.copyOf(words), false);
    }

    public static boolean isBare(String name) {
        return split(name).stream().allMatch(BARE::contains);
    }

    /** Whether {@code name} says what is numbered and that it is a number, as {@code supplierNo} does. */
    static boolean isNumbered(String name) {
        var words = split(name);
        return words.size() > 1 && NUMBER.contains(words.getLast());
    }

    private static List<String> split(String name) {
        var words = new ArrayList<String>();
        for (var word : BETWEEN.splitAsStream(name).toList()) {
            if (!word.isEmpty()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    public boolean meansOwnTable() {
        return TO_OWN_TABLE.contains(String.join("", stem));
    }

    /** How much this speaks for a table called {@code table}. */
    public NameLikeness likeness(String table) {
        if (stem.isEmpty() || stem.stream().anyMatch(FOREIGN::contains)) {
            return NameLikeness.NONE;
        }
        var words = split(table);
        var whole = String.join("", words);
        // "contactid" has its id within the word.
        var last = stem.getLast();
        var joined = !saysId
                && stem.size() == 1
                && last.endsWith("id")
                && sameWord(last.substring(0, last.length() - 2), whole);
        if (joined || sameWord(String.join("", stem), whole)) {
            return NameLikeness.EQUAL;
        }
        for (int from = 1; from < stem.size(); from++) {
            if (sameWord(String.join("", stem.subList(from, stem.size())), whole)) {
                return NameLikeness.ENDS_WITH;
            }
        }
        return isSlightlyLike(words) ? NameLikeness.SLIGHT : NameLikeness.NONE;
    }

    /**
     * Whether {@code prefix} of a key value is the name of {@code table}, or short for it: {@code CUST} for Customers,
     * {@code ORD} for Orders.
     */
    public static boolean isShortFor(String prefix, String table) {
        var words = split(table);
        var whole = String.join("", words);
        var word = String.join("", split(prefix));
        return !word.isEmpty()
                && !words.isEmpty()
                && (of(List.of(prefix)).likeness(table).isStrong()
                        || isAbbreviation(word, whole)
                        || isAbbreviation(word, words.getLast()));
    }

    private static boolean isAbbreviation(String word, String whole) {
        if (word.charAt(0) != whole.charAt(0)) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < word.length(); i++) {
            at = whole.indexOf(word.charAt(i), at) + 1;
            if (at == 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isSlightlyLike(List<String> table) {
        var people = stem.stream().anyMatch(PERSON_IN_A_ROLE::contains)
                && table.stream().anyMatch(word -> PEOPLE.stream().anyMatch(person -> sameWord(person, word)));
        return people
                || (saysId && !table.isEmpty() && sameWord(stem.getLast(), table.getLast()))
                || (saysId && !table.isEmpty() && sameWord(stem.getFirst(), table.getFirst()));
    }

    private static boolean sameWord(String one, String other) {
        return plurals(one).contains(other) || plurals(other).contains(one);
    }

    private static List<String> plurals(String word) {
        return word.endsWith("y")
                ? List.of(word, word + "s", word.substring(0, word.length() - 1) + "ies")
                : List.of(word, word + "s", word + "es");
    }
}
