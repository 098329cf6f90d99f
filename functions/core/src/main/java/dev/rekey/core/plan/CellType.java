package dev.rekey.core.plan;

/** What a value of a file becomes, named as DynamoDB names it. */
public enum CellType {
    S,
    N,
    BOOL,
    B,
    SS,
    NS,
    BS,
    L,
    M,
    /** The value names its type itself: it is DynamoDB JSON, such as {@code {"N":"1"}}. */
    ANY
}
