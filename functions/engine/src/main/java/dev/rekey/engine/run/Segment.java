package dev.rekey.engine.run;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One part of a table: a slice of a parallel scan, or a range of the records of one partition key value.
 *
 * @param index 0 to {@code of - 1}
 * @param of number of segments, 1 to 1,000,000
 */
public record Segment(int index, int of) {
    /** All parts of a table that has {@code number} of them. */
    public static List<Segment> all(int number) {
        return IntStream.range(0, number)
                .mapToObj(index -> new Segment(index, number))
                .toList();
    }

    /** The name of the segment's folder in S3. */
    public String folder() {
        return "%06d-of-%06d".formatted(index, of);
    }
}
