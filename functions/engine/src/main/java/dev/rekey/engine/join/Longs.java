package dev.rekey.engine.join;

import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/** A list of numbers without an object for each. */
final class Longs {
    private static final int FIRST_ROOM = 8;

    private long[] numbers = new long[FIRST_ROOM];
    private int size;

    void add(long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
    }

    int size() {
        return size;
    }

    void forEach(LongConsumer each) {
        for (int i = 0; i < size; i++) {
            each.accept(numbers[i]);
        }
    }

    long count(LongPredicate counted) {
        return Arrays.stream(numbers, 0, size).filter(counted).count();
    }

    /** @return how many were removed */
    int keep(LongPredicate kept) {
        int before = size;
        size = 0;
        for (int i = 0; i < before; i++) {
            if (kept.test(numbers[i])) {
                numbers[size++] = numbers[i];
            }
        }
        return before - size;
    }
}
