package dev.rekey.engine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where records come from, page by page. A cursor is opaque: each kind of source has its own. */
@FunctionalInterface
public interface SourcePages {
    /** The page of {@code segment} that begins at {@code cursor}; empty for the first. */
    PageOfRecords page(Segment segment, Optional<JsonNode> cursor);

    /**
     * One page.
     *
     * @param next where the next page begins; empty at the end of the segment
     * @param places where each of the items stands, such as {@code s3://bucket/key:17}; empty if items are found by their
     *     keys only
     * @param unreadable what stands between the items and is no record
     * @param read what reading it took, if it is of files
     */
    record PageOfRecords(
            List<Map<String, AttributeValue>> items,
            Optional<JsonNode> next,
            List<String> places,
            List<UnreadableRecord> unreadable,
            FileReads read) {
        /** Of a source that knows its records by their keys. */
        public PageOfRecords(List<Map<String, AttributeValue>> items, Optional<JsonNode> next) {
            this(items, next, List.of(), List.of(), FileReads.NONE);
        }

        /** Where item {@code index} stands; empty if it is found by its key only. */
        public Optional<String> place(int index) {
            return places.isEmpty() ? Optional.empty() : Optional.of(places.get(index));
        }

        /** The first {@code some} items, and nothing after them. */
        public PageOfRecords first(int some) {
            return new PageOfRecords(
                    items.subList(0, some),
                    Optional.empty(),
                    places.isEmpty() ? places : places.subList(0, some),
                    unreadable,
                    read);
        }

        /** With {@code after}, which begins where this ends. */
        PageOfRecords and(PageOfRecords after) {
            return new PageOfRecords(
                    joined(items, after.items),
                    after.next,
                    joined(places, after.places),
                    joined(unreadable, after.unreadable),
                    read.plus(after.read));
        }

        private static <T> List<T> joined(List<T> one, List<T> other) {
            var all = new ArrayList<>(one);
            all.addAll(other);
            return all;
        }
    }

    /**
     * What reading files took.
     *
     * @param pages that are joined
     */
    record FileReads(long pages, long requests) {
        static final FileReads NONE = new FileReads(0, 0);

        FileReads plus(FileReads more) {
            return new FileReads(pages + more.pages, requests + more.requests);
        }
    }

    /**
     * What should be a record and is none.
     *
     * @param id stable, such as {@code file.record}
     * @param place where it stands
     * @param message why it is none; no contents of it
     */
    record UnreadableRecord(String id, String place, String message) {}
}
