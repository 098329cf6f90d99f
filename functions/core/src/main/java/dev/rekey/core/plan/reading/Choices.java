package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.OnConflict;
import dev.rekey.core.plan.OnDrift;
import dev.rekey.core.plan.OnExisting;
import dev.rekey.core.plan.OnOrphan;
import dev.rekey.core.plan.Unmatched;
import dev.rekey.core.plan.document.Node;
import java.util.Optional;

/** Reads options with a fixed set of values. What the schema has refused counts as left out. */
final class Choices {
    private Choices() {}

    static OnOrphan onOrphan(Node.Fields node, OnOrphan otherwise) {
        return switch (node.text("onOrphan").orElse("")) {
            case "fail" -> OnOrphan.FAIL;
            case "keep" -> OnOrphan.KEEP;
            case "removeReference" -> OnOrphan.REMOVE_REFERENCE;
            default -> otherwise;
        };
    }

    static OnConflict onConflict(Node.Fields node, OnConflict otherwise) {
        return switch (node.text("onConflict").orElse("")) {
            case "abort" -> OnConflict.ABORT;
            case "skip" -> OnConflict.SKIP;
            case "overwrite" -> OnConflict.OVERWRITE;
            default -> otherwise;
        };
    }

    static OnExisting onExisting(Node.Fields node, OnExisting otherwise) {
        return switch (node.text("onExisting").orElse("")) {
            case "fail" -> OnExisting.FAIL;
            case "keep" -> OnExisting.KEEP;
            case "overwrite" -> OnExisting.OVERWRITE;
            default -> otherwise;
        };
    }

    static Unmatched unmatched(Node.Fields node) {
        return switch (node.text("unmatched").orElse("")) {
            case "copy" -> Unmatched.COPY;
            case "leave" -> Unmatched.LEAVE;
            default -> Unmatched.FAIL;
        };
    }

    static boolean inPlace(Node.Fields node, boolean otherwise) {
        return switch (node.text("mode").orElse("")) {
            case "inPlace" -> true;
            case "copy" -> false;
            default -> otherwise;
        };
    }

    /** Empty where the plan does not say. */
    static Optional<OnDrift> onDrift(Node.Fields node) {
        return switch (node.text("onDrift").orElse("")) {
            case "fail" -> Optional.of(OnDrift.FAIL);
            case "report" -> Optional.of(OnDrift.REPORT);
            default -> Optional.empty();
        };
    }
}
