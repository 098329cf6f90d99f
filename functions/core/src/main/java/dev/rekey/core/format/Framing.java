package dev.rekey.core.format;

/**
 * Where records end.
 *
 * @param quoted whether a line end between quotes is part of a cell, and a carriage return is a line end, too
 * @param separator of cells; what stands behind it may open a quote
 */
public record Framing(boolean quoted, byte separator) {
    /** Each line is a record. */
    public static final Framing LINES = new Framing(false, (byte) 0);

    /** @param separator an ASCII character */
    public static Framing csv(char separator) {
        return new Framing(true, (byte) separator);
    }
}
