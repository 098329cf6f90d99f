package dev.rekey.interpreter.ports;

import java.time.Instant;

/** One entry of a listing. {@code size} in bytes. */
public record ListedObject(String key, long size, String etag, Instant lastModified, String storageClass) {}
