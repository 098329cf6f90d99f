package dev.rekey.core.identity;

/** What the rule of a family answers for an old id. */
public sealed interface NewId {
    /** The id stays, wherever it stands and however it is written there. */
    record Unchanged() implements NewId {}

    /** @param text of the new id: a UUID for a family of strings, a plain decimal for numbers, Base64 for binaries */
    record Changed(String text) implements NewId {}

    /** The rule knows no new id. Rules that compute always know one; one that looks ids up may not. */
    record Missing() implements NewId {}

    NewId UNCHANGED = new Unchanged();
}
