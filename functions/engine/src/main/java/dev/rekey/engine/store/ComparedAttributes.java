package dev.rekey.engine.store;

import dev.rekey.engine.store.Tables.Expected;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which attributes a conditional write compares. DynamoDB accepts 300 operators in a condition: one for each comparison
 * and one between two of them. Of an item with more attributes than fit only a part is compared, always the same one,
 * so the writer must look at the old image for what was not compared.
 */
public final class ComparedAttributes {
    /** So many comparisons and the operators between them are 299 operators. */
    public static final int MAX = 150;

    private ComparedAttributes() {}

    /**
     * Names of the attributes that are compared: those of the key first, then in order of their names.
     *
     * @return up to {@value #MAX} names
     */
    public static List<String> of(Expected.Attributes expected, Collection<String> keyNames) {
        var names = expected.values().keySet();
        var ofKey = keyNames.stream().filter(names::contains).sorted();
        var others = names.stream().filter(name -> !keyNames.contains(name)).sorted();
        return Stream.concat(ofKey, others).limit(MAX).toList();
    }

    /** Whether every attribute of {@code expected} is compared. */
    public static boolean all(Expected.Attributes expected) {
        return expected.values().size() <= MAX;
    }
}
