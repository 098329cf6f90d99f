package dev.rekey.interpreter.api;

/** Which end of a history comes first. */
public enum HistoryOrder {
    OLDEST_FIRST,
    NEWEST_FIRST
}
