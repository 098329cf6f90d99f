package dev.rekey.engine.join;

/**
 * Looks at the lines of a partition twice: first at what others are compared with, then at what is compared. So it need
 * not hold the lines, of which one group may have any number.
 */
public interface LineChecks {
    /** Looks at nothing. */
    LineChecks NONE = new LineChecks() {
        @Override
        public void first(Spilled line) {}

        @Override
        public boolean lookAgain() {
            return false;
        }

        @Override
        public void again(Spilled line) {}
    };

    /** Gets the references and all lines of checks. */
    void first(Spilled line);

    /** Whether anything of what was seen needs a second look. */
    boolean lookAgain();

    /** Gets every line, when all have been seen. */
    void again(Spilled line);
}
