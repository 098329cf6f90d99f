package dev.rekey.interpreter.definition;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Random UUIDs (version 4) from the chance that was handed in. */
public final class Uuids {
    private Uuids() {}

    public static String next(RandomGenerator random) {
        long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
