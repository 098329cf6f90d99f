package dev.rekey.engine.store;

import dev.rekey.core.item.TableShape;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where an item stands in a table: partitions in order of a hash, items of a partition in order of the sort key. */
record Position(long hash, Value partition, Value sort) implements Comparable<Position> {
    private static final Comparator<Position> ORDER = Comparator.comparingLong(Position::hash)
            .thenComparing(Position::partition)
            .thenComparing(Position::sort);

    static Position of(TableShape shape, Map<String, AttributeValue> attributes) {
        var partition = Value.of(attributes.get(shape.partitionKey().name()));
        var sort = shape.sortKey().map(key -> Value.of(attributes.get(key.name())));
        return new Position(partition.hash(), partition, sort.orElse(Value.LOWEST));
    }

    /** Before all items of {@code segment}, or after all items if there is no such segment. */
    static Position startOf(int segment, int totalSegments) {
        long hash = ((long) segment * (1L << 32) + totalSegments - 1) / totalSegments;
        return new Position(hash, Value.LOWEST, Value.LOWEST);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    /** A key attribute's value, in DynamoDB's order: numbers by value, strings and binaries by their bytes. */
    record Value(BigDecimal number, SdkBytes bytes) implements Comparable<Value> {
        private static final SdkBytes NO_BYTES = SdkBytes.fromByteArray(new byte[0]);
        static final Value LOWEST = new Value(new BigDecimal("-1E126"), NO_BYTES);

        static Value of(AttributeValue value) {
            return switch (value.type()) {
                case N -> new Value(new BigDecimal(value.n()).stripTrailingZeros(), NO_BYTES);
                case S -> new Value(BigDecimal.ZERO, SdkBytes.fromUtf8String(value.s()));
                case B -> new Value(BigDecimal.ZERO, value.b());
                case SS, NS, BS, L, M, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> throw ItemRules.refused("not a key");
            };
        }

        /** 32 bits, unsigned. */
        long hash() {
            try {
                var digest = MessageDigest.getInstance("SHA-256");
                digest.update(number.toPlainString().getBytes(StandardCharsets.UTF_8));
                digest.update(bytes.asByteArrayUnsafe());
                return Integer.toUnsignedLong(ByteBuffer.wrap(digest.digest()).getInt());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public int compareTo(Value other) {
            int byNumber = number.compareTo(other.number);
            return byNumber != 0
                    ? byNumber
                    : Arrays.compareUnsigned(bytes.asByteArrayUnsafe(), other.bytes.asByteArrayUnsafe());
        }
    }
}
