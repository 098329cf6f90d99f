package dev.rekey.engine.draft;

import java.util.List;

/** What the values at a path are taken for. */
sealed interface Judgement {
    /** References to {@code to}, for sure. */
    record Reference(Candidate to) implements Judgement {}

    /**
     * Perhaps references.
     *
     * @param candidates best first, at least one
     */
    record Doubtful(List<Candidate> candidates) implements Judgement {}

    /** Perhaps references, by the name alone: there are no values, or no ids, to compare. */
    record Named(KeySet to) implements Judgement {}

    /**
     * Values that all are ids, most likely by accident: nothing but their match speaks for references.
     *
     * @param best that they may refer to
     */
    record Accident(Candidate best) implements Judgement {}

    /** Nothing that is an id. */
    record Nothing() implements Judgement {}
}
