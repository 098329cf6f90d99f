package dev.rekey.core.plan;

/** Where the result of a table goes. */
public sealed interface Mode {
    /** Into another table, as new records. */
    record Copy() implements Mode {}

    /**
     * Into the records that were read.
     *
     * @param onExisting for {@code rename} and {@code set}
     */
    record InPlace(OnExisting onExisting) implements Mode {}
}
