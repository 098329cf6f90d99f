package dev.rekey.engine.segment;

/** Capacity that was consumed, in units, as the tables said. */
public record Consumed(double readUnits, double writeUnits) {
    public static final Consumed NOTHING = new Consumed(0, 0);

    public Consumed plus(Consumed more) {
        return new Consumed(readUnits + more.readUnits, writeUnits + more.writeUnits);
    }
}
