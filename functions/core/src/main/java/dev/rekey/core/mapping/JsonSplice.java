package dev.rekey.core.mapping;

import dev.rekey.core.mapping.Treatment.Change;

/** A JSON text of which parts are exchanged or left out, from the front to the back. */
final class JsonSplice {
    private final String text;
    private final StringBuilder out = new StringBuilder();
    /** All before this index is in {@link #out} or left out. */
    private int copied;

    JsonSplice(String text) {
        this.text = text;
    }

    Change result() {
        if (copied == 0) {
            return Treatment.UNCHANGED;
        }
        return new Change.Replaced(out.append(text, copied, text.length()).toString());
    }

    void replace(int start, int end, String now) {
        copyTo(start);
        out.append(now);
        copied = end;
    }

    private void copyTo(int end) {
        if (end > copied) {
            out.append(text, copied, end);
            copied = end;
        }
    }

    /** The end of the string, number or word that begins at {@code start} of a well-formed text. */
    int scalarEnd(int start) {
        var i = start;
        if (text.charAt(i) == '"') {
            for (i++; text.charAt(i) != '"'; i++) {
                i += text.charAt(i) == '\\' ? 1 : 0;
            }
            return i + 1;
        }
        while (i < text.length() && isOfNumberOrWord(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isOfNumberOrWord(char c) {
        return c > ' ' && c != ',' && c != ']' && c != '}';
    }

    Children children() {
        return new Children();
    }

    /** The members of one object or the elements of one array; leaves out commas with what they separate. */
    final class Children {
        private boolean anyStays;
        private boolean leavingOut;
        private int previousEnd;
        private int lengthBefore;
        private int copiedBefore;

        void begin(int start) {
            if (leavingOut) {
                copied = start;
                leavingOut = false;
            }
            lengthBefore = out.length();
            copiedBefore = copied;
        }

        void end(int start, int end, boolean stays) {
            if (stays) {
                anyStays = true;
            } else {
                // Its key may have been exchanged before its value turned out to go.
                out.setLength(lengthBefore);
                copied = copiedBefore;
                copyTo(anyStays ? previousEnd : start);
                copied = end;
                leavingOut = !anyStays;
            }
            previousEnd = end;
        }
    }
}
