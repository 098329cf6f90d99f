package dev.rekey.engine.analyze;

import dev.rekey.engine.store.Documents;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The records that may be merged, as they were written down. They are read twice: of those that have the values of no other
 * only a number is kept.
 *
 * @param prefix of their objects
 */
record MergeCandidates(Documents documents, String prefix) {
    /** Those that have the same values as others of their table. */
    List<MergeCandidate> alike() {
        var numbers = new Numbers();
        each(one -> numbers.add(number(one)));
        var repeated = numbers.repeated();
        var alike = new ArrayList<MergeCandidate>();
        if (repeated.length > 0) {
            each(one -> {
                if (Arrays.binarySearch(repeated, number(one)) >= 0) {
                    alike.add(one);
                }
            });
        }
        return alike;
    }

    private void each(Consumer<MergeCandidate> taker) {
        documents.eachLine(documents.list(prefix), MergeCandidate.class, taker);
    }

    /** The same for the same values; for others too, but hardly ever. */
    private static long number(MergeCandidate one) {
        return ByteBuffer.wrap(one.digest().toBytes()).getLong() ^ one.table().hashCode();
    }

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
