package dev.rekey.engine.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.scan.SourcePages.PageOfRecords;
import dev.rekey.engine.segment.Checkpoint;
import java.util.List;
import java.util.Optional;

/**
 * Reads a segment, or only its share of a sample: the first records of every segment, so that all together are as many
 * as were asked for, or fewer if some segments do not have that many.
 *
 * @param sample at most so many records of the whole table; empty for all
 */
record SamplePages(SourcePages source, Segment segment, Optional<Integer> sample) {
    PageOfRecords page(Checkpoint at) {
        if (sample.isEmpty()) {
            return source.page(segment, at.cursor());
        }
        long left = share(sample.get()) - Counted.READ.in(at.counts());
        if (left <= 0) {
            return new PageOfRecords(List.of(), Optional.<JsonNode>empty());
        }
        var page = source.page(segment, at.cursor());
        return page.items().size() < left ? page : page.first((int) left);
    }

    private int share(int of) {
        return of / segment.of() + (segment.index() < of % segment.of() ? 1 : 0);
    }
}
