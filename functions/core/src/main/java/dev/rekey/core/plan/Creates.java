package dev.rekey.core.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The records that are created where a reference has none to point to, as the source would hold them.
 *
 * @param forOrphan attributes of the record that gets an id which no record has; empty if none is created
 * @param forAbsent what is created where the reference holds no id; empty if nothing is
 */
public record Creates(Optional<Map<String, ValueRule>> forOrphan, Optional<Absent> forAbsent) {
    /** How many records one run creates at most. */
    public static final int MOST = 10_000;

    public static final Creates NOTHING = new Creates(Optional.empty(), Optional.empty());

    public Creates {
        forOrphan = forOrphan.map(Creates::inOrder);
    }

    /**
     * What is created where the reference holds no id.
     *
     * @param plan a part of the ids, so that every run of the plan creates the same
     * @param per attribute of the referring record: those with the same value share one created record; empty if each
     *     gets its own
     * @param attributes of the created record, without its id
     */
    public record Absent(PlanName plan, Optional<String> per, Map<String, ValueRule> attributes) {
        public Absent {
            attributes = inOrder(attributes);
        }
    }

    private static Map<String, ValueRule> inOrder(Map<String, ValueRule> attributes) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
