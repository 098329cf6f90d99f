package dev.rekey.core.plan.document;

import dev.rekey.core.plan.Severity;

/** Every problem that reading a plan, or comparing it with its tables, can find. The ids never change. */
public enum ProblemKind {
    DOCUMENT_EMPTY("document.empty"),
    DOCUMENT_TOO_LARGE("document.too-large"),
    DOCUMENT_SYNTAX("document.syntax"),
    DOCUMENT_DUPLICATE_KEY("document.duplicate-key"),
    DOCUMENT_KEY_NOT_TEXT("document.key-not-text"),
    DOCUMENT_ANCHOR("document.anchor"),
    DOCUMENT_TAG("document.tag"),
    DOCUMENT_AMBIGUOUS_VALUE("document.ambiguous-value"),

    OPTION_UNKNOWN("option.unknown"),
    OPTION_NOT_YET("option.not-yet"),
    OPTION_MISSING("option.missing"),
    OPTION_WRONG_TYPE("option.wrong-type"),
    OPTION_UNKNOWN_VALUE("option.unknown-value"),
    OPTION_OUT_OF_RANGE("option.out-of-range"),
    OPTION_BAD_FORM("option.bad-form"),

    PLAN_BAD_NAME("plan.bad-name"),
    PLAN_NO_TABLES("plan.no-tables"),

    TEMPLATE_BAD("template.bad"),
    SIDE_EXTERNAL_ID_WITHOUT_ROLE("side.external-id-without-role"),

    TABLE_BAD_NAME("table.bad-name"),
    TABLE_BAD_PHYSICAL_NAME("table.bad-physical-name"),
    TABLE_SAME_SOURCE_AND_TARGET("table.same-source-and-target"),
    TABLE_TARGET_IS_ANOTHERS_SOURCE("table.target-is-anothers-source"),
    TABLE_SHARED_SOURCE("table.shared-source"),
    TABLE_SHARED_TARGET("table.shared-target"),
    TABLE_SOURCE_MISSING("table.source-missing"),
    TABLE_TARGET_MISSING("table.target-missing"),
    TABLE_COPIED_WITHOUT_TARGET("table.copied-without-target"),
    TABLE_COPIED_AND_IN_PLACE("table.copied-and-in-place"),

    KIND_FROM_AND_SOURCE("kind.from-and-source"),
    KIND_MATCH_WITHOUT_FROM("kind.match-without-from"),
    KIND_MATCHES_OVERLAP("kind.matches-overlap"),
    KIND_MATCH_CHANGED("kind.match-changed"),
    KIND_MATCH_ON_ID("kind.match-on-id"),
    KIND_NAME_TAKEN("kind.name-taken"),
    KIND_TABLES_DIFFER("kind.tables-differ"),
    KIND_UNMATCHED_UNUSED("kind.unmatched-unused", Severity.WARNING),

    MERGE_BAD("merge.bad"),
    MERGE_UNUSED_OPTION("merge.unused-option"),

    IN_PLACE_OPTION("in-place.option"),
    IN_PLACE_REPLICATED("in-place.replicated"),
    IN_PLACE_STREAM("in-place.stream", Severity.WARNING),
    TARGET_REPLICATED("target.replicated"),
    TARGET_STREAM("target.stream", Severity.WARNING),

    ATTRIBUTE_BAD_NAME("attribute.bad-name"),

    IDENTITY_RULE_MISSING("identity.rule-missing"),
    IDENTITY_NAMESPACE_MISSING("identity.namespace-missing"),
    IDENTITY_NAMESPACE_NOT_CHOSEN("identity.namespace-not-chosen"),
    IDENTITY_DIGITS_MISSING("identity.digits-missing"),
    IDENTITY_UNUSED_OPTION("identity.unused-option", Severity.WARNING),

    FAMILY_RESERVED_NAME("family.reserved-name"),
    FAMILY_RULES_DIFFER("family.rules-differ"),
    FAMILY_TYPES_DIFFER("family.types-differ"),
    FAMILY_WITHOUT_SELF("family.without-self"),
    FAMILY_BAD_NAME("family.bad-name"),
    FAMILY_MAPPING_SOURCE("family.mapping-source"),
    FAMILY_BAD_ID("family.bad-id"),
    FAMILY_UNKNOWN_TABLE("family.unknown-table"),
    FAMILY_EXISTS_TABLE("family.exists-table"),
    FAMILY_UNUSED("family.unused", Severity.WARNING),

    PARAMETER_BAD_NAME("parameter.bad-name"),
    PARAMETER_UNKNOWN("parameter.unknown"),
    PARAMETER_WRONG_TYPE("parameter.wrong-type"),

    KEY_UNKNOWN_FAMILY("key.unknown-family"),
    KEY_REMOVE_REFERENCE("key.remove-reference"),
    KEY_MORE_THAN_ONE_SELF("key.more-than-one-self"),
    KEY_NO_KEY_ATTRIBUTE("key.no-key-attribute"),
    KEY_SCHEMAS_DIFFER("key.schemas-differ"),
    KEY_TYPE_DIFFERS_FROM_FAMILY("key.type-differs-from-family"),
    KEY_HAS_RULE("key.has-rule"),
    KEY_IN_REFERENCES("key.in-references"),
    KEY_CHANGES_IN_PLACE("key.changes-in-place"),

    REFERENCE_BAD_PATH("reference.bad-path"),
    REFERENCE_UNKNOWN_FAMILY("reference.unknown-family"),
    REFERENCE_OVERLAP("reference.overlap"),
    REFERENCE_AS_PATH("reference.as-path"),
    REFERENCE_TYPE_CHANGES("reference.type-changes"),

    RULE_DUPLICATE_ATTRIBUTE("rule.duplicate-attribute"),
    RULE_NOT_REPEATABLE("rule.not-repeatable"),

    CHECK_BAD_PATH("check.bad-path"),
    CHECK_NOT_A_SELF_REFERENCE("check.not-a-self-reference"),
    CHECK_NOT_THROUGH_A_REFERENCE("check.not-through-a-reference"),

    EXPRESSION_BAD("expression.bad"),
    EXPRESSION_REFUSED_FUNCTION("expression.refused-function"),
    EXPRESSION_NESTED("expression.nested"),
    EXPRESSION_UNKNOWN_PARAMETER("expression.unknown-parameter"),

    LITERAL_BAD_NUMBER("literal.bad-number"),
    LITERAL_TOO_DEEP("literal.too-deep"),

    SET_INDEX_KEY_TYPE("set.index-key-type"),

    THROUGH_NO_REFERENCE("through.no-reference"),
    THROUGH_SEVERAL_IDS("through.several-ids"),
    THROUGH_NO_TABLE("through.no-table"),
    THROUGH_SEVERAL_TABLES("through.several-tables"),
    THROUGH_COMPOSITE_KEY("through.composite-key"),
    THROUGH_BAD_TAKE("through.bad-take"),

    CREATE_NO_TABLE("create.no-table"),
    CREATE_LOOKUP("create.lookup"),
    CREATE_ON_ABSENT("create.on-absent"),
    CREATE_CIRCLE("create.circle"),
    CREATE_KEY("create.key"),
    CREATE_OTHER_KIND("create.other-kind"),
    CREATE_LEFT_OUT("create.left-out"),
    CREATE_CHECK_MISSING("create.check-missing"),

    INDEX_BAD("index.bad"),
    INDEX_BAD_NAME("index.bad-name"),
    INDEX_MISSING("index.missing", Severity.WARNING),
    INDEX_KEYS_DIFFER("index.keys-differ", Severity.WARNING),

    FILE_OPTION("file.option"),
    FILE_ADDRESS("file.address"),
    FILE_FORMAT("file.format"),
    FILE_IN_PLACE("file.in-place"),

    TIME_TO_LIVE_ONLY_IN_TARGET("time-to-live.only-in-target", Severity.WARNING);

    private final String id;
    private final Severity severity;

    ProblemKind(String id) {
        this(id, Severity.ERROR);
    }

    ProblemKind(String id, Severity severity) {
        this.id = id;
        this.severity = severity;
    }

    public String id() {
        return id;
    }

    public Problem at(PlanPath path, String message, String hint) {
        return new Problem(severity, id, path.toString(), message, hint);
    }
}
