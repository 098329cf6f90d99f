package dev.rekey.core.item;

/** A key attribute of a table or an index. */
public record KeyAttribute(String name, KeyType type) {}
