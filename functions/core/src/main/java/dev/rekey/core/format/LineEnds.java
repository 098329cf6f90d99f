package dev.rekey.core.format;

/**
 * Goes over the bytes of a file and stops where records end. A quote opens only at the beginning of a cell, so one that is lost
 * within a cell costs one record, not the rest of the file.
 */
final class LineEnds {
    private static final byte END = 1;
    private static final byte QUOTE = 2;

    /** What a byte is that something has to be done for; 0 for all others. */
    private final byte[] kinds = new byte[256];

    private final Framing framing;
    private State state;
    private long lines;
    private byte before;

    /** Where in a record a byte stands. */
    enum State {
        RECORD_START,
        CELL_START,
        IN_CELL,
        IN_QUOTES,
        /** Behind a quote within quotes: it closes them, or is the first of two that stand for one. */
        BEHIND_QUOTE
    }

    LineEnds(Framing framing, State state) {
        this.framing = framing;
        this.state = state;
        kinds['\n'] = END;
        if (framing.quoted()) {
            kinds['\r'] = END;
            kinds['"'] = QUOTE;
        }
    }

    State state() {
        return state;
    }

    /** Line ends that were passed, within quotes too. */
    long lines() {
        return lines;
    }

    /** A line feed was left out that belongs to the carriage return before it. */
    void passLineFeed() {
        before = '\n';
    }

    /**
     * Goes on with {@code bytes} from {@code from} on.
     *
     * @return index of the byte that ends a record, or {@code to} if none does; then the record goes on in the next bytes
     */
    int next(byte[] bytes, int from, int to) {
        int i = from;
        if (from < to && state == State.BEHIND_QUOTE) {
            if (bytes[from] == '"') {
                i++;
                state = State.IN_QUOTES;
            } else {
                state = State.IN_CELL;
            }
        }
        boolean quoted = state == State.IN_QUOTES;
        for (; i < to; i++) {
            byte kind = kinds[bytes[i] & 0xff];
            if (kind == 0) {
                continue;
            }
            if (kind == END) {
                byte previous = i == from ? before : bytes[i - 1];
                lines += kinds['\r'] == END && bytes[i] == '\n' && previous == '\r' ? 0 : 1;
                if (!quoted) {
                    return ended(bytes, i);
                }
            } else if (!quoted) {
                quoted = i == from ? state != State.IN_CELL : bytes[i - 1] == framing.separator();
            } else if (i + 1 == to) {
                return stopped(bytes, to, State.BEHIND_QUOTE);
            } else if (bytes[i + 1] == '"') {
                i++;
            } else {
                quoted = false;
            }
        }
        return i == from ? to : stopped(bytes, to, quoted ? State.IN_QUOTES : outside(bytes[to - 1]));
    }

    private State outside(byte last) {
        return framing.quoted() && last == framing.separator() ? State.CELL_START : State.IN_CELL;
    }

    private int ended(byte[] bytes, int at) {
        before = bytes[at];
        state = State.RECORD_START;
        return at;
    }

    private int stopped(byte[] bytes, int to, State now) {
        before = bytes[to - 1];
        state = now;
        return to;
    }
}
