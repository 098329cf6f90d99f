package dev.rekey.core.format;

import dev.rekey.core.format.RawRecord.Flaw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts the bytes of a file into records. They may come in pieces of any length, from any place on where a record begins. Lines
 * without anything but white space are no records (of CSV: empty lines), and a byte order mark is no part of the first one.
 */
public final class RecordSplitter {
    /** Bytes of the longest record; an item of DynamoDB has a tenth of it. */
    public static final int LONGEST = 4 << 20;

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final LineEnds ends;
    private final boolean quoted;
    /** Of the record that has begun: what came in earlier pieces. */
    private byte[] begun = new byte[0];

    private int length;
    private boolean tooLong;
    /** Of the bytes at the file's start that may be a byte order mark; -1 behind them. */
    private int mark;

    /** Whether a carriage return came last that ends a record; a line feed behind it belongs to the same line end. */
    private boolean behindReturn;
    /** The record that it ends, unless there is none. */
    private Optional<RawRecord> held = Optional.empty();

    private long offset;
    private final long firstLine;
    private long line;
    /** Of the next byte. */
    private long at;

    /**
     * @param offset of the first byte that will come, where a record begins
     * @param line of the file that it is on, from 1
     */
    public RecordSplitter(Framing framing, long offset, long line) {
        this.ends = new LineEnds(framing, LineEnds.State.RECORD_START);
        this.quoted = framing.quoted();
        this.offset = offset;
        this.at = offset;
        this.firstLine = line;
        this.line = line;
        this.mark = offset == 0 ? 0 : -1;
    }

    /** The records that end in these bytes; what follows the last one waits for the next. */
    public List<RawRecord> add(byte[] bytes, int from, int to) {
        var records = new ArrayList<RawRecord>();
        int i = from;
        while (mark >= 0 && i < to) {
            if (bytes[i] == MARK[mark]) {
                i++;
                at++;
                mark++;
                if (mark == MARK.length) {
                    offset = at;
                    mark = -1;
                }
            } else {
                noMark(records);
            }
        }
        cut(bytes, i, to, records);
        return records;
    }

    /** The file begins as a byte order mark does, and goes on otherwise: these bytes belong to the first record. */
    private void noMark(List<RawRecord> records) {
        int held = mark;
        mark = -1;
        at -= held;
        cut(MARK, 0, held, records);
    }

    private void cut(byte[] bytes, int from, int to, List<RawRecord> records) {
        int i = from;
        while (i < to) {
            if (behindReturn) {
                boolean lineFeed = bytes[i] == '\n';
                release(lineFeed, records);
                i += lineFeed ? 1 : 0;
                continue;
            }
            int end = ends.next(bytes, i, to);
            at += Math.min(end + 1, to) - i;
            if (end == to) {
                keep(bytes, i, to);
                return;
            }
            var record = record(bytes, i, end);
            i = end + 1;
            if (quoted && bytes[end] == '\r') {
                held = record;
                behindReturn = true;
            } else {
                record.ifPresent(records::add);
            }
        }
    }

    /** Ends the record that waits, behind the line feed if there is one. */
    private void release(boolean lineFeed, List<RawRecord> records) {
        if (lineFeed) {
            at++;
            offset = at;
            ends.passLineFeed();
        }
        behindReturn = false;
        held.map(record -> record.endingAt(at)).ifPresent(records::add);
        held = Optional.empty();
    }

    /** The record that the file ends with, if no line end follows it. */
    public Optional<RawRecord> end() {
        if (mark > 0) {
            noMark(new ArrayList<>());
        }
        return behindReturn ? held : record(MARK, 0, 0);
    }

    private void keep(byte[] bytes, int from, int to) {
        int more = to - from;
        if (tooLong || length + more > LONGEST) {
            tooLong = true;
            length = 0;
            begun = new byte[0];
            return;
        }
        if (begun.length - length < more) {
            begun = Arrays.copyOf(begun, Math.max(begun.length * 2, length + more));
        }
        System.arraycopy(bytes, from, begun, length, more);
        length += more;
    }

    private Optional<RawRecord> record(byte[] bytes, int from, int end) {
        byte[] all;
        if (length == 0 && !tooLong && end - from <= LONGEST) {
            all = Arrays.copyOfRange(bytes, from, end);
        } else {
            keep(bytes, from, end);
            all = Arrays.copyOf(begun, length);
        }
        long nextLine = firstLine + ends.lines();
        var record = new RawRecord(offset, at, line, nextLine, all, flaw());
        length = 0;
        tooLong = false;
        offset = at;
        line = nextLine;
        return record.flaw() == Flaw.TOO_LONG || !isBlank(all) ? Optional.of(record) : Optional.empty();
    }

    private Flaw flaw() {
        if (tooLong) {
            return Flaw.TOO_LONG;
        }
        return ends.state() == LineEnds.State.IN_QUOTES ? Flaw.OPEN_QUOTE : Flaw.NONE;
    }

    private boolean isBlank(byte[] bytes) {
        for (byte one : bytes) {
            if (quoted || (one != ' ' && one != '\t' && one != '\r')) {
                return false;
            }
        }
        return true;
    }
}
