package dev.rekey.interpreter.definition;

import java.util.List;

/** What a state does about errors, in the order of the document. */
public record Recovery(List<Retrier> retriers, List<Catcher> catchers) {
    /** Of states that cannot recover. */
    public static final Recovery NONE = new Recovery(List.of(), List.of());
}
