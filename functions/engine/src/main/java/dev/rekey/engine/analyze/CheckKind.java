package dev.rekey.engine.analyze;

/** What a check can find. The ids never change. */
enum CheckKind {
    REQUIRED("check.required"),
    REQUIRED_AFTER("check.required-after"),
    UNIQUE("check.unique"),
    ACYCLIC("check.acyclic"),
    AGREE("check.agree");

    private final String id;

    CheckKind(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }
}
