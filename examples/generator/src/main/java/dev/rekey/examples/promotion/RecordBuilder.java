package dev.rekey.examples.promotion;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A record being written. What it draws depends on the seed, its table and its index only. */
final class RecordBuilder {
    private static final long FIRST_SECOND =
            Instant.parse("2023-01-01T00:00:00Z").getEpochSecond();
    private static final int TWO_YEARS_IN_SECONDS = 2 * 365 * 24 * 3600;
    private static final int DIGITS_OF_A_NUMBER = 38;

    private final Map<String, AttributeValue> item = new LinkedHashMap<>();
    private final Identities identities;
    private final SplittableRandom random;
    private final Words words;
    private final int index;

    RecordBuilder(Identities identities, Words words, String table, int index) {
        this.identities = identities;
        this.words = words;
        this.index = index;
        this.random = identities.randomOf(table, index);
    }

    Map<String, AttributeValue> item() {
        return item;
    }

    int index() {
        return index;
    }

    SplittableRandom random() {
        return random;
    }

    Words words() {
        return words;
    }

    RecordBuilder put(String name, AttributeValue value) {
        item.put(name, value);
        return this;
    }

    RecordBuilder text(String name, String value) {
        return put(name, AttributeValue.fromS(value));
    }

    RecordBuilder number(String name, long value) {
        return put(name, AttributeValue.fromN(Long.toString(value)));
    }

    /** An amount of money with cents, up to {@code most} units. */
    RecordBuilder money(String name, int most) {
        return put(
                name,
                AttributeValue.fromN(
                        BigDecimal.valueOf(random.nextLong(100L * most), 2).toPlainString()));
    }

    /** As many digits as DynamoDB keeps; the first and the last are not zero. */
    RecordBuilder longestNumber(String name) {
        var digits = new StringBuilder().append(1 + random.nextInt(9));
        while (digits.length() < DIGITS_OF_A_NUMBER - 1) {
            digits.append(random.nextInt(10));
        }
        return put(
                name,
                AttributeValue.fromN(
                        new BigInteger(digits.append(1 + random.nextInt(9)).toString()).toString()));
    }

    RecordBuilder flag(String name) {
        return put(name, AttributeValue.fromBool(random.nextBoolean()));
    }

    RecordBuilder nothing(String name) {
        return put(name, AttributeValue.fromNul(true));
    }

    RecordBuilder bytes(String name, int length) {
        return put(name, AttributeValue.fromB(randomBytes(length)));
    }

    RecordBuilder byteSet(String name, int size) {
        return put(
                name,
                AttributeValue.fromBs(IntStream.range(0, size)
                        .mapToObj(each -> randomBytes(16))
                        .toList()));
    }

    /** A set of {@code size} different numbers. */
    RecordBuilder numberSet(String name, int size) {
        var first = random.nextInt(1000);
        return put(
                name,
                AttributeValue.fromNs(IntStream.range(0, size)
                        .mapToObj(each -> first + 17 * each + ".25")
                        .toList()));
    }

    RecordBuilder textSet(String name, String... values) {
        return put(name, AttributeValue.fromSs(Arrays.stream(values).distinct().toList()));
    }

    RecordBuilder list(String name, List<AttributeValue> values) {
        return put(name, AttributeValue.fromL(values));
    }

    RecordBuilder map(String name, Map<String, AttributeValue> values) {
        return put(name, AttributeValue.fromM(values));
    }

    RecordBuilder time(String name) {
        return text(name, instant());
    }

    /** A reference to some record of {@code table}. */
    RecordBuilder reference(String name, String table) {
        return text(name, idIn(table));
    }

    /** As {@link #reference}, but in one of three records there is none: the attribute is null or empty. */
    RecordBuilder maybeReference(String name, String table) {
        return switch (random.nextInt(6)) {
            case 0 -> nothing(name);
            case 1 -> text(name, "");
            default -> reference(name, table);
        };
    }

    String idIn(String table) {
        return identities.idOf(table, random.nextInt(identities.count(table)));
    }

    String id(String table, int which) {
        return identities.idOf(table, which);
    }

    String instant() {
        return Instant.ofEpochSecond(FIRST_SECOND + random.nextInt(TWO_YEARS_IN_SECONDS))
                .toString();
    }

    String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private SdkBytes randomBytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return SdkBytes.fromByteArrayUnsafe(bytes);
    }
}
