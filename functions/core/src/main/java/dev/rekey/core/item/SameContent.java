package dev.rekey.core.item;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Equality of content as DynamoDB means it: numbers by value, sets without order. */
public final class SameContent {
    private SameContent() {}

    public static boolean same(Map<String, AttributeValue> one, Map<String, AttributeValue> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (var entry : one.entrySet()) {
            var counterpart = other.get(entry.getKey());
            if (counterpart == null || !same(entry.getValue(), counterpart)) {
                return false;
            }
        }
        return true;
    }

    public static boolean same(AttributeValue one, AttributeValue other) {
        if (one.type() != other.type()) {
            return false;
        }
        return switch (one.type()) {
            case S, B, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> one.equals(other);
            case N -> sameNumber(one.n(), other.n());
            case SS -> sameSet(one.ss(), other.ss());
            case NS -> sameSet(canonical(one.ns()), canonical(other.ns()));
            case BS -> sameSet(one.bs(), other.bs());
            case L -> sameList(one.l(), other.l());
            case M -> same(one.m(), other.m());
        };
    }

    private static boolean sameNumber(String one, String other) {
        return one.equals(other) || canonical(one).equals(canonical(other));
    }

    private static boolean sameList(List<AttributeValue> one, List<AttributeValue> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (var i = 0; i < one.size(); i++) {
            if (!same(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static <T> boolean sameSet(List<T> one, List<T> other) {
        return one.size() == other.size()
                && (one.equals(other) || Set.copyOf(one).equals(new HashSet<>(other)));
    }

    private static List<String> canonical(List<String> numbers) {
        return numbers.stream().map(SameContent::canonical).toList();
    }

    /** A number that DynamoDB could not hold stands for itself. */
    static String canonical(String number) {
        return CanonicalNumber.of(number).orElse(number);
    }
}
