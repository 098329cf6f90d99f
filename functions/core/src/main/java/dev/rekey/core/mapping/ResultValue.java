package dev.rekey.core.mapping;

import com.dashjoin.jsonata.Jsonata;
import dev.rekey.core.item.CanonicalNumber;
import dev.rekey.core.mapping.RecordView.Untouchable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A result of JSONata as a value of DynamoDB. */
final class ResultValue {
    private ResultValue() {}

    /** @throws Untouchable if DynamoDB has no such value */
    static AttributeValue of(Object result) {
        if (result == Jsonata.NULL_VALUE) {
            return AttributeValue.fromNul(true);
        }
        return switch (result) {
            case null -> AttributeValue.fromNul(true);
            case String text -> AttributeValue.fromS(text);
            case Boolean bool -> AttributeValue.fromBool(bool);
            case Number number -> AttributeValue.fromN(plain(number));
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            default -> throw new Untouchable("the expression returns a function, which an attribute cannot hold");
        };
    }

    private static String plain(Number number) {
        var exact = number instanceof Double || number instanceof Float
                ? finite(number.doubleValue())
                : new BigDecimal(number.toString());
        return CanonicalNumber.of(exact.toString())
                .orElseThrow(() -> new Untouchable("the expression returns a number outside DynamoDB's range"));
    }

    private static BigDecimal finite(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new Untouchable("the expression returns a number that is not finite");
        }
        return BigDecimal.valueOf(number);
    }

    private static AttributeValue list(List<?> list) {
        var values = new ArrayList<AttributeValue>(list.size());
        for (var element : list) {
            values.add(of(element));
        }
        return AttributeValue.fromL(values);
    }

    private static AttributeValue map(Map<?, ?> map) {
        var values = new TreeMap<String, AttributeValue>();
        for (var entry : map.entrySet()) {
            values.put((String) entry.getKey(), of(entry.getValue()));
        }
        return AttributeValue.fromM(values);
    }
}
