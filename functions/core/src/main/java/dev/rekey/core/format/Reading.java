package dev.rekey.core.format;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What one record of a file holds. */
public sealed interface Reading {
    /** @param attributes in no order; none is missing that the record has */
    record Item(Map<String, AttributeValue> attributes) implements Reading {}

    /**
     * Why a record cannot be read.
     *
     * @param line of the file, from 1
     * @param column name of the column or path of the value, or the number of the character; empty if it is the whole record
     * @param message the fact, without anything of the record's contents
     */
    record Unreadable(long line, String column, FileProblem problem, String message) implements Reading {
        /** Such as {@code line 3, column age: is S …}. */
        public String text() {
            return "line " + line + (column.isEmpty() ? "" : ", column " + column) + ": " + message;
        }
    }
}
