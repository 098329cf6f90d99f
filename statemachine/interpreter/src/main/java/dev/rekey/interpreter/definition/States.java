package dev.rekey.interpreter.definition;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of states with its beginning: the whole document, a branch, or the processor of a Map. */
public record States(String startAt, Map<String, State> states) {
    public States {
        states = new LinkedHashMap<>(states);
    }

    /** The state of that name; validation has made sure that there is one. */
    public State state(String name) {
        return states.get(name);
    }
}
