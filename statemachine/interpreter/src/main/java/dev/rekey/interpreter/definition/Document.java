package dev.rekey.interpreter.definition;

import java.util.Optional;
import java.util.OptionalLong;

/** A valid document. {@code timeoutSeconds} bounds a whole execution. */
public record Document(States states, OptionalLong timeoutSeconds) {

    /** The Map state of that name, wherever it stands: state names are unique in a document. */
    public Optional<State.MapState> map(String name) {
        return find(states, name);
    }

    private static Optional<State.MapState> find(States where, String name) {
        if (where.state(name) instanceof State.MapState map) {
            return Optional.of(map);
        }
        return where.states().values().stream()
                .flatMap(state -> state.inner().stream())
                .flatMap(inner -> find(inner, name).stream())
                .findFirst();
    }
}
