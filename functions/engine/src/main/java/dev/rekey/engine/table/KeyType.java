package dev.rekey.engine.table;

/** Type of a key attribute, named as DynamoDB names it. */
public enum KeyType {
    S,
    N,
    B
}
