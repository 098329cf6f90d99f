package dev.rekey.engine.join;

/** How much the name of an attribute speaks for a table. Ordered from least to most. */
public enum NameLikeness {
    NONE,
    /** Both speak of people, or the table's name ends with the attribute's: good for an order of candidates only. */
    SLIGHT,
    /** {@code agentContactId} and Contacts; {@code parentId} and the own table. */
    ENDS_WITH,
    /** {@code contactId} and Contacts; {@code ArtistId} and a key of this name. */
    EQUAL;

    public boolean isStrong() {
        return compareTo(ENDS_WITH) >= 0;
    }
}
