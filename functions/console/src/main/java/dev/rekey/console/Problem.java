package dev.rekey.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.engine.status.PlanProblems;
import java.util.List;
import java.util.Map;

/** A request that is not done, as RFC 9457 says it. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Kind kind;
    private final transient List<dev.rekey.core.plan.document.Problem> problems;

    /** What is wrong, with the exit code that the command line has for it. */
    enum Kind {
        BODY("request.body", 400, 2, "The body cannot be read"),
        FIELD("request.field", 422, 2, "A field is unknown or wrong"),
        TOO_LARGE("request.too-large", 413, 2, "The body is too large"),
        ROUTE("request.route", 404, 2, "There is no such address"),
        METHOD("request.method", 405, 2, "The address has no such method"),
        TOKEN("access.token", 401, 3, "The token is missing or wrong"),
        HOST("access.host", 403, 3, "The request is for another host"),
        ORIGIN("access.origin", 403, 3, "The request comes from another site"),
        UNKNOWN_RUN("run.unknown", 404, 2, "There is no such run"),
        RUN_REFUSED("run.refused", 409, 3, "The run does not allow it"),
        NO_REPORT("run.no-report", 404, 2, "The run has no report yet"),
        CONFIRM("run.confirm", 422, 3, "The plan's name is missing or wrong"),
        PLAN("plan.unfit", 422, 3, "The plan has errors"),
        KEY("request.key-used", 422, 3, "The idempotency key was used for something else"),
        START("run.start-unknown", 503, 6, "It is not known whether the run was started"),
        STACK("stack.unreachable", 503, 3, "The stack does not answer"),
        DENIED("stack.denied", 503, 3, "The credentials do not allow it"),
        STORED("stack.unreadable", 500, 3, "What is stored cannot be read"),
        DEFECT("defect", 500, 1, "Rekey has a defect");

        private final String id;
        private final int status;
        private final int exitCode;
        private final String title;

        Kind(String id, int status, int exitCode, String title) {
            this.id = id;
            this.status = status;
            this.exitCode = exitCode;
            this.title = title;
        }

        String id() {
            return id;
        }

        int status() {
            return status;
        }

        String title() {
            return title;
        }
    }

    /** @param detail the four parts: what cannot be done and why, what was left unchanged, what to do next */
    Problem(Kind kind, String detail) {
        this(kind, detail, List.of());
    }

    /** @param problems of a plan */
    Problem(Kind kind, String detail, List<dev.rekey.core.plan.document.Problem> problems) {
        super(detail);
        this.kind = kind;
        this.problems = List.copyOf(problems);
    }

    Kind kind() {
        return kind;
    }

    Answer answer(String instance) {
        return new Answer(
                kind.status,
                Map.of("Content-Type", "application/problem+json"),
                document(instance).toPrettyString());
    }

    private ObjectNode document(String instance) {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("type", "docs/reference/problems.md#" + kind.id)
                .put("title", kind.title)
                .put("status", kind.status)
                .put("detail", getMessage())
                .put("instance", instance)
                .put("exitCode", kind.exitCode);
        if (!problems.isEmpty()) {
            document.set("problems", PlanProblems.json(problems));
        }
        return document;
    }
}
