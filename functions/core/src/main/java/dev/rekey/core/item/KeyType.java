package dev.rekey.core.item;

/** Type of a key attribute, named as DynamoDB names it. */
public enum KeyType {
    S,
    N,
    B
}
