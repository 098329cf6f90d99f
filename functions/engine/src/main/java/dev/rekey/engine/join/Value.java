package dev.rekey.engine.join;

import dev.rekey.core.identity.IdReading;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyType;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A value that may be an identity, in every type as which a reference to such an identity is read. */
public sealed interface Value {
    /** An attribute's string, a map's key or a string in JSON. */
    record Text(String text) implements Value {}

    /** A number of an attribute or in JSON. */
    record Numeral(String text) implements Value {}

    record Binary(SdkBytes bytes) implements Value {}

    /** Letters and digits have to alternate so often before a value counts as made by chance. */
    int FEWEST_TURNS = 3;

    int SHORTEST_TELLING_TEXT = 10;
    int SHORTEST_TELLING_NUMBER = 14;
    int SHORTEST_TELLING_BINARY = 8;
    /** What is shorter is short: without digits, such as {@code pending}, and with some, such as {@code c12}. */
    int SHORTEST_WORD = 10;

    int SHORTEST_CODE = 6;
    Pattern TIME = Pattern.compile("\\d{4}-\\d\\d.*|\\d{8}(T.*)?");
    Pattern DIGITS = Pattern.compile("\\d+");

    /** 0 if the value is empty or is no identity of {@code type}. */
    default long hash(KeyType type) {
        return switch (reading(type)) {
            case OldId(var _, var canonical) -> hash(canonical);
            case IdReading.NoId() -> 0;
            case IdReading.Unusable _ -> 0;
        };
    }

    private IdReading reading(KeyType type) {
        return switch (this) {
            case Text(var text) -> OldId.ofText(type, text);
            case Numeral(var text) -> OldId.ofNumber(type, text);
            case Binary(var bytes) -> OldId.ofBinary(type, bytes);
        };
    }

    /** Whether this looks made by chance, so that it hardly stands in two places by accident. Times do not. */
    default boolean isTelling() {
        return switch (this) {
            case Text(var text) -> tellingText(text);
            case Numeral(var text) -> tellingNumber(text);
            case Binary(var bytes) -> bytes.asByteArrayUnsafe().length >= SHORTEST_TELLING_BINARY;
        };
    }

    /** As {@link #isPlain(OldId)}, for what is an id of {@code type}. */
    default boolean isPlain(KeyType type) {
        return switch (reading(type)) {
            case OldId id -> isPlain(id);
            case IdReading.NoId(), IdReading.Unusable _ -> true;
        };
    }

    /** Whether {@code id} is a small number, a short word or a time, which may stand anywhere by accident. */
    static boolean isPlain(OldId id) {
        var text = id.canonical();
        return switch (id.type()) {
            case N -> !tellingNumber(text);
            case B -> id.value().b().asByteArrayUnsafe().length < SHORTEST_TELLING_BINARY;
            case S -> !tellingText(text) && (DIGITS.matcher(text).matches() || isTime(text) || isShort(text));
        };
    }

    private static boolean isShort(String text) {
        boolean word = text.chars().noneMatch(Character::isDigit);
        return text.length() < (word ? SHORTEST_WORD : SHORTEST_CODE);
    }

    /** The hash that a value has which is {@code id}; never 0. */
    static long hash(OldId id) {
        return hash(id.canonical());
    }

    /** Whether {@code text} is written as a date or a time is. */
    static boolean isTime(String text) {
        return TIME.matcher(text).matches();
    }

    static Value ofKey(AttributeValue value) {
        return switch (value.type()) {
            case S -> new Text(value.s());
            case N -> new Numeral(value.n());
            case B -> new Binary(value.b());
            case SS, NS, BS, L, M, BOOL, NUL, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException("no key is of type " + value.type());
        };
    }

    private static boolean tellingText(String text) {
        if (DIGITS.matcher(text).matches()) {
            return tellingNumber(text);
        }
        if (text.length() < SHORTEST_TELLING_TEXT || isTime(text)) {
            return false;
        }
        int turns = 0;
        boolean digits = false;
        boolean letters = false;
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                return false;
            }
            if (Character.isDigit(c)) {
                turns += letters ? 1 : 0;
                digits = true;
                letters = false;
            } else if (Character.isLetter(c)) {
                turns += digits ? 1 : 0;
                letters = true;
                digits = false;
            }
        }
        return turns >= FEWEST_TURNS;
    }

    /** Long integers, except those that may be microseconds or nanoseconds since 1970. */
    private static boolean tellingNumber(String text) {
        int length = text.length();
        var time = (length == 16 || length == 19) && text.startsWith("1");
        return length >= SHORTEST_TELLING_NUMBER
                && !time
                && DIGITS.matcher(text).matches();
    }

    /** FNV-1a over the characters, then the finalizer of MurmurHash3, which spreads every bit; never 0. */
    private static long hash(String canonical) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < canonical.length(); i++) {
            hash = (hash ^ canonical.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }
}
