package dev.rekey.core.plan;

/** What a key attribute of a table holds. */
public sealed interface KeyRole {
    /** The record's own identity. */
    record Self(Form form) implements KeyRole {
        public Self() {
            this(Form.PLAIN);
        }
    }

    /** A value that is no identity and stays as it is. */
    record Keep() implements KeyRole {}

    /** A reference to a record of {@code family}. */
    record Refers(FamilyName family) implements KeyRole {}

    /** What the plan says of the form of a record's own identity. */
    enum Form {
        /** Nothing: one that looks composite is not taken for an identity unasked. */
        PLAIN,
        /** The whole value is one identity, whatever it looks like. */
        OPAQUE
    }
}
