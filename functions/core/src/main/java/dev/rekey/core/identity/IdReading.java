package dev.rekey.core.identity;

/** What a value that stands where an identity belongs turns out to be. */
public sealed interface IdReading permits OldId, IdReading.NoId, IdReading.Unusable {

    /** Null or empty: no reference at all. */
    record NoId() implements IdReading {}

    /** @param reason why the value cannot be an identity of the family; never holds the value */
    record Unusable(String reason) implements IdReading {}
}
