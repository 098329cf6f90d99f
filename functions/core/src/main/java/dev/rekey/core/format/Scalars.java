package dev.rekey.core.format;

import dev.rekey.core.item.CanonicalNumber;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.CellType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Values of DynamoDB from texts. */
final class Scalars {
    private Scalars() {}

    static AttributeValue number(String text) throws BadValueException {
        return AttributeValue.fromN(digits(text));
    }

    /** The one text of a number that DynamoDB can hold. */
    static String digits(String text) throws BadValueException {
        return CanonicalNumber.of(text)
                .orElseThrow(() -> new BadValueException("is no number of at most 38 digits that DynamoDB can hold"));
    }

    /** A JSON escape can write half a character, which no string of DynamoDB's can hold. */
    static String unicode(String text) throws BadValueException {
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (Character.isSurrogate(one)) {
                if (Character.isLowSurrogate(one)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new BadValueException("holds half a character, which is not Unicode");
                }
                i++;
            }
        }
        return text;
    }

    static SdkBytes base64(String text) throws BadValueException {
        try {
            return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            throw new BadValueException("is not Base64");
        }
    }

    /** A number where the table has a key of texts, and a text where it has one of numbers or bytes, become what the table has. */
    static AttributeValue keyed(AttributeValue value, KeyType type) throws BadValueException {
        return switch (type) {
            case S -> value.n() == null ? value : AttributeValue.fromS(value.n());
            case N -> value.s() == null ? value : number(value.s());
            case B -> value.s() == null ? value : AttributeValue.fromB(base64(value.s()));
        };
    }

    /** @param elements at least one */
    static AttributeValue set(CellType type, List<String> elements) throws BadValueException {
        return switch (type) {
            case SS -> AttributeValue.fromSs(distinct(elements));
            case NS -> {
                var numbers = new ArrayList<String>();
                for (var element : elements) {
                    numbers.add(digits(element));
                }
                yield AttributeValue.fromNs(distinct(numbers));
            }
            case BS -> {
                var bytes = new ArrayList<SdkBytes>();
                for (var element : elements) {
                    bytes.add(base64(element));
                }
                yield AttributeValue.fromBs(distinct(bytes));
            }
            case S, N, BOOL, B, L, M, ANY -> throw new IllegalArgumentException(type + " is no set");
        };
    }

    /** DynamoDB holds no element of a set twice. */
    static <T> List<T> distinct(List<T> elements) throws BadValueException {
        if (new HashSet<>(elements).size() < elements.size()) {
            throw new BadValueException("is a set with an element twice");
        }
        return elements;
    }
}
