package dev.rekey.local.child;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Ties a store to the process that started it. The parent holds the other end of standard input and never writes to it:
 * when it ends, however it ends, the operating system closes that end and this process halts. Standard output carries
 * what the store found out about its data, a {@link StoreNote} on each line, and then the port, once the store answers.
 */
final class Lifeline {
    private final PrintStream parent;

    private Lifeline(PrintStream parent) {
        this.parent = parent;
    }

    /** Call first: from here on this process ends with its parent, and what it prints goes to standard error, its log. */
    static Lifeline hold() throws ReflectiveOperationException {
        Lifeline lifeline = new Lifeline(System.out);
        System.setOut(System.err);
        ignoreInterrupts();
        Thread.ofPlatform().name("lifeline").daemon().start(Lifeline::waitForTheParentsEnd);
        return lifeline;
    }

    /** Says something to the people behind the parent; before {@link #ready}. */
    void tell(StoreNote note) {
        parent.println(note.line());
    }

    void ready(int port) {
        parent.println(port);
        parent.flush();
    }

    /** Ctrl-C reaches every process of a terminal; the parent alone decides in which order things end. */
    private static void ignoreInterrupts() throws ReflectiveOperationException {
        // By reflection: the compiler warns about sun.misc in a way that cannot be suppressed, and there is no other
        // API.
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object interrupt = signal.getConstructor(String.class).newInstance("INT");
        signal.getMethod("handle", signal, handler)
                .invoke(null, interrupt, handler.getField("SIG_IGN").get(null));
    }

    private static void waitForTheParentsEnd() {
        // Not System.in: a library may close or read that.
        try (InputStream input = new FileInputStream(FileDescriptor.in)) {
            long bytes = input.transferTo(OutputStream.nullOutputStream());
            System.err.println("The parent is gone (" + bytes + " bytes read).");
        } catch (IOException unreadable) {
            System.err.println("The parent cannot be watched: " + unreadable);
        } finally {
            // Halt and not exit: both stores keep their files whole at any end, and a hook could hang.
            Runtime.getRuntime().halt(0);
        }
    }
}
