package dev.rekey.ids;

import java.util.List;

/** A mapping was read and cannot be used, or its file cannot be read. */
public final class MappingLoadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The first faults, in the order in which they were found; at least one. */
    private final List<String> faults;

    MappingLoadException(String family, List<String> faults, long all) {
        super("Cannot load the mapping of family " + family + ": " + faults.getFirst() + "."
                + (all > 1 ? " There are " + (all - 1) + " more faults." : ""));
        this.faults = List.copyOf(faults);
    }

    MappingLoadException(String family, String fact, Throwable cause) {
        super("Cannot load the mapping of family " + family + ": " + fact + ".", cause);
        this.faults = List.of(fact);
    }

    /** What is wrong, entry by entry: at least one fault and at most 10. */
    public List<String> faults() {
        return faults;
    }
}
