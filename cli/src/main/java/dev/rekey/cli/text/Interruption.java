package dev.rekey.cli.text;

/** Ctrl-C, or a request of the system to end. */
public interface Interruption {
    /** Lets {@code last} run when the process is asked to end, until what is returned is closed. */
    Registration beforeTheEnd(Runnable last);

    /** Returns when the process is asked to end. */
    void await();

    /** Somebody else hears it, and says what is to be said. */
    record Unheard() implements Interruption {
        @Override
        public Registration beforeTheEnd(Runnable last) {
            return () -> {};
        }

        @Override
        public void await() {
            throw new IllegalStateException("nothing to wait for");
        }
    }

    /** Takes back what was registered. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
