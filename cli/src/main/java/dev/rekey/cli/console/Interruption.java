package dev.rekey.cli.console;

/** Ctrl-C, or a request of the system to end. */
public interface Interruption {
    /** Lets {@code last} run when the process is asked to end, until what is returned is closed. */
    Registration beforeTheEnd(Runnable last);

    /** Returns when the process is asked to end. */
    void await();

    /** Takes back what was registered. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
