package dev.rekey.core.mapping;

import com.dashjoin.jsonata.Jsonata;
import dev.rekey.core.item.InOrder;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A record as JSONata sees it. Values are converted when they are touched, so that what JSONata cannot hold is an error
 * only for the expressions that use it. Maps and sets come in one order, whatever the process: an expression can make that
 * order part of its result.
 */
final class RecordView {
    private static final long LARGEST_EXACT = 1L << 53;

    private RecordView() {}

    /** A value was touched that JSONata cannot hold. */
    static final class Untouchable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Untouchable(String message) {
            super(message, null, false, false);
        }
    }

    static Map<String, Object> of(Map<String, AttributeValue> item) {
        return new MapView(item);
    }

    private static Object convert(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> number(value.n());
            case BOOL -> value.bool();
            case NUL -> Jsonata.NULL_VALUE;
            case L -> new ListView<>(value.l(), RecordView::convert);
            case M -> new MapView(value.m());
            case SS -> new ListView<>(InOrder.texts(value.ss()), text -> text);
            case NS -> new ListView<>(InOrder.numbers(value.ns()), RecordView::number);
            case B, BS -> throw new Untouchable("the expression uses a binary, which JSONata cannot represent");
            case UNKNOWN_TO_SDK_VERSION -> throw new Untouchable("the expression uses a value of unknown type");
        };
    }

    /** As the library itself represents numbers: integers if they are, else doubles. */
    private static Object number(String text) {
        var exact = new BigDecimal(text);
        var nearest = exact.doubleValue();
        // Double.toString gives the shortest decimal that names this double and no other.
        if (Double.isInfinite(nearest) || new BigDecimal(Double.toString(nearest)).compareTo(exact) != 0) {
            throw new Untouchable("the expression uses a number of " + exact.precision()
                    + " digits, which JSONata cannot represent exactly");
        }
        var whole = (long) nearest;
        if (whole != nearest || Math.abs(whole) > LARGEST_EXACT) {
            return nearest;
        }
        return (int) whole == whole ? (Object) (int) whole : (Object) whole;
    }

    private static final class MapView extends AbstractMap<String, Object> {
        private final Map<String, AttributeValue> values;

        MapView(Map<String, AttributeValue> values) {
            this.values = values;
        }

        @Override
        public Object get(Object key) {
            var value = values.get(key);
            return value == null ? null : convert(value);
        }

        @Override
        public boolean containsKey(Object key) {
            return values.containsKey(key);
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public Set<String> keySet() {
            return InOrder.map(values).keySet();
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            var entries = new ArrayList<Entry<String, Object>>(values.size());
            InOrder.map(values).forEach((name, value) -> entries.add(Map.entry(name, convert(value))));
            return new DistinctEntries(entries);
        }
    }

    /** A set of what is distinct already: nothing is hashed, so no hash decides about the order. */
    private static final class DistinctEntries extends AbstractSet<Entry<String, Object>> {
        private final List<Entry<String, Object>> entries;

        DistinctEntries(List<Entry<String, Object>> entries) {
            this.entries = List.copyOf(entries);
        }

        @Override
        public Iterator<Entry<String, Object>> iterator() {
            return entries.iterator();
        }

        @Override
        public int size() {
            return entries.size();
        }
    }

    private static final class ListView<T> extends AbstractList<Object> {
        private final List<T> values;
        private final Function<T, Object> convert;

        ListView(List<T> values, Function<T, Object> convert) {
            this.values = values;
            this.convert = convert;
        }

        @Override
        public Object get(int index) {
            return convert.apply(values.get(index));
        }

        @Override
        public int size() {
            return values.size();
        }
    }
}
