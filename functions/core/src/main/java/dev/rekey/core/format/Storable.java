package dev.rekey.core.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Refuses what DynamoDB JSON can say and DynamoDB cannot hold. */
final class Storable {
    private Storable() {}

    /** The same value. */
    static AttributeValue of(AttributeValue value) throws BadValueException {
        switch (value.type()) {
            case S -> Scalars.unicode(value.s());
            case N -> Scalars.digits(value.n());
            case SS -> set(value.ss());
            case NS -> numbers(value.ns());
            case BS -> set(value.bs());
            case NUL -> {
                if (!value.nul()) {
                    throw new BadValueException("is NULL and says that it is not");
                }
            }
            case L -> {
                for (var element : value.l()) {
                    below("[]", element);
                }
            }
            case M -> fields(value.m());
            case B, BOOL, UNKNOWN_TO_SDK_VERSION -> {}
        }
        return value;
    }

    private static void fields(Map<String, AttributeValue> map) throws BadValueException {
        for (var entry : map.entrySet()) {
            below(Scalars.unicode(entry.getKey()), entry.getValue());
        }
    }

    private static void below(String name, AttributeValue value) throws BadValueException {
        try {
            of(value);
        } catch (BadValueException e) {
            throw e.below(name);
        }
    }

    private static void numbers(List<String> elements) throws BadValueException {
        var numbers = new ArrayList<String>();
        for (var element : elements) {
            numbers.add(Scalars.digits(element));
        }
        set(numbers);
    }

    private static <T> void set(List<T> elements) throws BadValueException {
        if (elements.isEmpty()) {
            throw new BadValueException("is a set without elements, which DynamoDB cannot hold");
        }
        Scalars.distinct(elements);
    }
}
