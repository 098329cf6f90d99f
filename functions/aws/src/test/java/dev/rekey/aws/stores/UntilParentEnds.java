package dev.rekey.aws.stores;

import java.io.IOException;
import java.util.Arrays;

/** Runs another program's main method and ends with the process that started it, however that one ends. */
public final class UntilParentEnds {
    private UntilParentEnds() {}

    /** Takes the name of a main class and its arguments. Standard input is the line to the parent. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread.ofPlatform().daemon().start(UntilParentEnds::exitAtEndOfInput);
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void exitAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // The parent says nothing; only the end counts.
            }
        } catch (IOException e) {
            // The same: nobody is there any more.
        }
        Runtime.getRuntime().exit(0);
    }
}
