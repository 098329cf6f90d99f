package dev.rekey.core.format;

/**
 * The bytes of one record of a file, without its line end.
 *
 * @param offset of its first byte in the file, unpacked
 * @param end offset behind its line end: where reading goes on
 * @param line of the file that it begins on, from 1
 * @param nextLine the line behind its line end
 * @param bytes empty if it is too long
 */
public record RawRecord(long offset, long end, long line, long nextLine, byte[] bytes, Flaw flaw) {
    RawRecord endingAt(long other) {
        return new RawRecord(offset, other, line, nextLine, bytes, flaw);
    }

    public enum Flaw {
        NONE,
        /** It has more than {@link RecordSplitter#LONGEST} bytes. */
        TOO_LONG,
        /** The file ends within quotes. */
        OPEN_QUOTE
    }
}
