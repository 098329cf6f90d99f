package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records that may be merged, as they were written down. They are read twice: of those that have the values of no other
 * only a number is kept.
 *
 * @param prefix of their objects
 */
record MergeCandidates(Documents documents, String prefix) {
    /** Those that have the same values as others of their table. */
    List<MergeCandidate> alike() {
        var keys = documents.list(prefix);
        var numbers = new Numbers();
        documents.eachLine(keys, Numbered.class, one -> numbers.add(one.number()));
        var repeated = numbers.repeated();
        var alike = new ArrayList<MergeCandidate>();
        if (repeated.length > 0) {
            documents.eachLine(keys, MergeCandidate.class, one -> {
                if (Arrays.binarySearch(repeated, one.number()) >= 0) {
                    alike.add(one);
                }
            });
        }
        return alike;
    }

    /** All that is needed of a {@link MergeCandidate} at first. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Numbered(long number) {}

    /** Numbers, 8 bytes each. */
    private static final class Numbers {
        private long[] all = new long[1024];
        private int size;

        void add(long number) {
            if (size == all.length) {
                all = Arrays.copyOf(all, size * 2);
            }
            all[size++] = number;
        }

        /** Those that came more than once, in ascending order. */
        long[] repeated() {
            Arrays.sort(all, 0, size);
            int count = 0;
            for (int i = 1; i < size; i++) {
                if (all[i] == all[i - 1] && (count == 0 || all[count - 1] != all[i])) {
                    all[count++] = all[i];
                }
            }
            return Arrays.copyOf(all, count);
        }
    }
}
