package dev.rekey.interpreter.definition;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for variables: their names, and that an inner scope assigns none of an outer scope. */
final class Variables {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]{0,79}");

    private Variables() {}

    static void checkName(String name, Fields assign) {
        if (!NAME.matcher(name).matches() || name.equals("states")) {
            assign.findings()
                    .schema(
                            assign.at(name),
                            "'" + name + "' is not a valid variable name: 1 to 80 letters, digits and underscores,"
                                    + " no digit first, and not 'states'.");
        }
    }

    /** Checks all scopes of a valid document. */
    static void check(States states, Findings findings) {
        check(states, Set.of(), "", findings);
    }

    private static void check(States states, Set<String> outer, String location, Findings findings) {
        Set<String> visible = new HashSet<>(outer);
        states.states().values().forEach(state -> {
            Set<String> assigned = assigned(state);
            assigned.stream()
                    .filter(outer::contains)
                    .forEach(name -> findings.schema(
                            location + "/States/" + state.name(),
                            "The variable '" + name + "' belongs to an outer scope and cannot be assigned in an inner"
                                    + " one. Choose another name."));
            visible.addAll(assigned);
        });
        states.states().values().forEach(state -> {
            boolean distributed =
                    state instanceof State.MapState map && map.distribution().isPresent();
            state.inner()
                    .forEach(inner -> check(
                            inner, distributed ? Set.of() : visible, location + "/States/" + state.name(), findings));
        });
    }

    private static Set<String> assigned(State state) {
        Set<String> assigned = new HashSet<>(state.after().assign().keySet());
        state.recovery()
                .catchers()
                .forEach(caught -> assigned.addAll(caught.after().assign().keySet()));
        if (state instanceof State.Choice choice) {
            choice.rules().forEach(rule -> assigned.addAll(rule.after().assign().keySet()));
        }
        return assigned;
    }
}
