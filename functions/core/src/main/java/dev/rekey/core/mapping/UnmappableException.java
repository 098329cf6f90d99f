package dev.rekey.core.mapping;

import dev.rekey.core.mapping.MappingOutcome.Unmappable;

/** Says why a record cannot be mapped where no {@link MappingOutcome} can be returned. */
public final class UnmappableException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Unmappable unmappable;

    UnmappableException(Unmappable unmappable) {
        // No stack trace: this is an answer about data, and there may be one for every record.
        super(unmappable.id() + " at " + unmappable.path() + ": " + unmappable.message(), null, false, false);
        this.unmappable = unmappable;
    }

    UnmappableException(String id, String path, String message) {
        this(new Unmappable(id, path, message));
    }

    public Unmappable unmappable() {
        return unmappable;
    }
}
