package dev.rekey.core.identity;

/** A file is no mapping at all: what it says of single entries is a {@link MappingFault}. */
public final class MappingFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param fact what is wrong; a part of a sentence */
    MappingFileException(String fact) {
        super(fact);
    }
}
