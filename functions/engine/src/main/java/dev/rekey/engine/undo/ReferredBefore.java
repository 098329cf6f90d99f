package dev.rekey.engine.undo;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.segment.PageLines;
import dev.rekey.engine.store.Documents;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which records of a segment, changed in place, referred to an id that no record had before the run. Once the run is undone they
 * do so again, and that is no reason to keep what it has created. Of each, only a number is kept.
 */
public final class ReferredBefore {
    private final long[] numbers;

    private ReferredBefore(long[] numbers) {
        this.numbers = numbers;
    }

    /** A reference of a record to {@code id}. */
    public record Reference(long number) {
        public static Reference of(TableName table, Key record, OldId id) {
            var digest = RecordDigest.of(Map.of(
                    "table", AttributeValue.fromS(table.value()),
                    "record", AttributeValue.fromM(record.attributes()),
                    "id", id.value()));
            return new Reference(ByteBuffer.wrap(digest.toBytes()).getLong());
        }
    }

    static ReferredBefore load(Documents documents, RunFolder folder, TableName unit, Segment segment) {
        var found = LongStream.builder();
        documents.eachLine(
                documents.list(PageLines.prefix(folder.referredBefore(), unit, segment)),
                Reference.class,
                one -> found.add(one.number()));
        return new ReferredBefore(found.build().sorted().toArray());
    }

    boolean contains(Reference reference) {
        return Arrays.binarySearch(numbers, reference.number()) >= 0;
    }
}
