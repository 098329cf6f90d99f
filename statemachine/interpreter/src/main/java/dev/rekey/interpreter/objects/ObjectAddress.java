package dev.rekey.interpreter.objects;

/** One object of an object store. */
public record ObjectAddress(String bucket, String key) {}
