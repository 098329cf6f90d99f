package dev.rekey.interpreter.ports;

/** One object of an object store. */
public record ObjectAddress(String bucket, String key) {}
