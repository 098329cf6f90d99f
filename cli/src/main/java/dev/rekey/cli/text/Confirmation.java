package dev.rekey.cli.text;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.core.plan.PlanName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Asks before anything is written: the user types the plan's name to agree. */
public final class Confirmation {
    private final Console console;
    private final boolean yes;

    /** @param yes whether the answer was given on the command line */
    public Confirmation(Console console, boolean yes) {
        this.console = console;
        this.yes = yes;
    }

    /**
     * Shows what will be done and returns if it may be.
     *
     * @param verb what cannot be done without an answer, such as {@code migrate plan.yaml}
     * @throws CommandFailure if the answer is no, or there is no terminal to ask on
     */
    public void ask(String verb, List<String> whatWillBeDone, PlanName plan) {
        needsAnswer(verb);
        whatWillBeDone.forEach(console::tell);
        if (yes) {
            return;
        }
        console.err().print("Type the plan's name (" + plan.value() + ") to continue: ");
        console.err().flush();
        if (!typed().equals(plan.value())) {
            throw CommandFailure.refused("Cannot " + verb + ": the typed name is not the plan's name '" + plan.value()
                    + "'. Nothing was written. Run it again and type the name, or use --yes.");
        }
    }

    /**
     * For what takes time to find out what to ask.
     *
     * @throws CommandFailure if there is no terminal to ask on
     */
    public void needsAnswer(String verb) {
        if (!yes && !console.terminal()) {
            throw CommandFailure.usage(
                    "Cannot " + verb
                            + ": it requires confirmation, and there is no terminal. Nothing was written. Run it again with --yes.");
        }
    }

    private String typed() {
        try {
            var line = console.in().readLine();
            return line == null ? "" : line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
