package dev.rekey.core.plan.document;

import dev.rekey.core.plan.Severity;

/**
 * Something that is wrong with a plan or the tables it speaks of.
 *
 * @param id stable, such as {@code reference.unknown-table}
 * @param path place in the plan, such as {@code tables.Requests.references.addressId}
 * @param message what is wrong
 * @param hint what to do about it
 */
public record Problem(Severity severity, String id, String path, String message, String hint) {
    /** The message as a part of a longer sentence: without its full stop. */
    public String fact() {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
