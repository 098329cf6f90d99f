package dev.rekey.engine.store;

/** A key attribute of a table or an index. */
public record KeyAttribute(String name, KeyType type) {}
