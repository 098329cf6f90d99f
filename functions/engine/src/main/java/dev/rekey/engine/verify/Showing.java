package dev.rekey.engine.verify;

/** What of the records that differ is written down. */
public enum Showing {
    /** Keys and identities; of everything else only the type. */
    IDS,
    /** The values that differ, too. */
    VALUES
}
