package dev.rekey.cli.deployment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Side;
import dev.rekey.core.plan.TablePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The least that IAM has to allow so that a stack can carry out a plan: policies for the tables of both sides, and for roles
 * in other accounts who may take them.
 */
public final class PlanPolicy {
    private static final List<String> SOURCE = List.of(
            "BatchGetItem",
            "DescribeKinesisStreamingDestination",
            "DescribeTable",
            "DescribeTimeToLive",
            "Query",
            "Scan");
    private static final List<String> FILES = List.of("GetObject", "ListBucket");
    private static final List<String> TARGET = List.of(
            "BatchGetItem",
            "BatchWriteItem",
            "DeleteItem",
            "DescribeKinesisStreamingDestination",
            "DescribeTable",
            "DescribeTimeToLive",
            "PutItem",
            "Query",
            "Scan");
    private static final List<String> IN_PLACE = List.of("BatchGetItem", "UpdateItem");
    private static final List<String> IN_PLACE_WITH_CREATED =
            List.of("BatchGetItem", "DeleteItem", "PutItem", "Scan", "UpdateItem");
    private static final List<String> MAPPING =
            List.of("DescribeKinesisStreamingDestination", "DescribeTable", "DescribeTimeToLive", "Scan");
    private static final List<String> READ_KEYS = List.of("Decrypt");
    private static final List<String> WRITE_KEYS = List.of(
            "Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo");

    /** The functions that take the roles of a source, and those that take the roles of a target. */
    static final List<String> READERS = List.of("prepare", "analyze", "match", "judge", "test", "migrate", "verify");

    static final List<String> WRITERS =
            Stream.concat(READERS.stream(), Stream.of("rollback")).toList();

    /** Characters of a managed policy, but for white space. */
    private static final int LONGEST = 6_144;

    private final Plan plan;
    private final PolicyRequest request;
    private final List<String> warnings = new ArrayList<>();
    private boolean tooLong;

    public PlanPolicy(Plan plan, PolicyRequest request) {
        this.plan = plan;
        this.request = request;
    }

    /** Whether a role in another account is to be taken, whose trust names the stack's roles exactly. */
    public static boolean namesRoles(Plan plan) {
        return plan.source().roleArn().isPresent()
                || (PolicyTables.Kind.TARGET.isIn(plan)
                        && plan.target().roleArn().isPresent());
    }

    /** For each side its role, policy and trust. */
    public ObjectNode document() {
        var tables = new PolicyTables(List.of(plan), request);
        var document = JsonNodeFactory.instance.objectNode();
        boolean changes = PolicyTables.Kind.IN_PLACE.isIn(plan);
        if (PolicyTables.Kind.SOURCE.isIn(plan)) {
            document.set(
                    "source",
                    side(
                            plan.source(),
                            statement("RekeyReadsTheSource", SOURCE),
                            tables.tables(PolicyTables.Kind.SOURCE, _ -> true),
                            READ_KEYS,
                            changes ? WRITERS : READERS));
        } else if (!tables.files(_ -> true).isEmpty()) {
            document.set("source", files(tables.files(_ -> true)));
        }
        var mappings = tables.mappings(_ -> true);
        if (!mappings.exact().isEmpty()) {
            document.set(
                    "mappings",
                    side(plan.source(), statement("RekeyReadsMappings", MAPPING), mappings, READ_KEYS, READERS));
        }
        if (changes) {
            document.set(
                    "inPlace",
                    side(
                            plan.source(),
                            statement("RekeyChangesInPlace", actionsInPlace()),
                            tables.tables(PolicyTables.Kind.IN_PLACE, _ -> true),
                            WRITE_KEYS,
                            WRITERS));
        }
        if (PolicyTables.Kind.TARGET.isIn(plan)) {
            document.set(
                    "target",
                    side(
                            plan.target(),
                            statement("RekeyWritesTheTarget", TARGET),
                            tables.tables(PolicyTables.Kind.TARGET, _ -> true),
                            WRITE_KEYS,
                            WRITERS));
        }
        return document;
    }

    private ObjectNode files(SortedSet<String> arns) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("role", plan.source().roleArn().orElse("the functions' own"));
        var statement = node.putObject("policy")
                .put("Version", "2012-10-17")
                .putArray("Statement")
                .addObject()
                .put("Sid", "RekeyReadsTheSource")
                .put("Effect", "Allow");
        FILES.forEach(action -> statement.withArray("Action").add("s3:" + action));
        arns.forEach(arn -> statement.withArray("Resource").add(arn));
        plan.source().roleArn().ifPresent(role -> node.set("trust", trust(plan.source(), role, READERS)));
        return node;
    }

    /** What somebody should look at; known once the document is made. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Whether IAM takes one of the policies in no form. */
    public boolean isTooLong() {
        return tooLong;
    }

    /** What is created is put, and deleted again by a rollback. */
    private List<String> actionsInPlace() {
        return plan.createdInto().stream().anyMatch(TablePlan::isInPlace) ? IN_PLACE_WITH_CREATED : IN_PLACE;
    }

    private ObjectNode side(
            Side side, ObjectNode statement, TableArns tables, List<String> keyActions, List<String> functions) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("role", side.roleArn().orElse("the functions' own"));
        var policy = node.putObject("policy").put("Version", "2012-10-17");
        policy.putArray("Statement").add(statement);
        resources(side, policy, statement, tables);
        var keys = request.keysOf(side);
        if (!keys.isEmpty()) {
            var allowed = policy.withArray("Statement").addObject();
            allowed.put("Sid", statement.get("Sid").textValue() + "Keys").put("Effect", "Allow");
            keyActions.forEach(action -> allowed.withArray("Action").add("kms:" + action));
            keys.forEach(key -> allowed.withArray("Resource").add(key));
            allowed.putObject("Condition").putObject("StringLike").put("kms:ViaService", "dynamodb.*");
        }
        side.roleArn().ifPresent(role -> node.set("trust", trust(side, role, functions)));
        return node;
    }

    /** The functions' own policies have what the parameters say; a role in another account gets this one. */
    private void resources(Side side, ObjectNode policy, ObjectNode statement, TableArns tables) {
        var resources = statement.putArray("Resource");
        var arns = side.roleArn().isEmpty()
                ? List.copyOf(tables.exact())
                : tables.within(
                                some -> policy.toString().length()
                                                + some.stream()
                                                        .mapToInt(arn -> arn.length() + 3)
                                                        .sum()
                                        <= LONGEST,
                                request.wide())
                        .orElseGet(() -> {
                            tooLong = true;
                            warnings.add(
                                    "The policy of %s is longer than the %,d characters of a managed policy. Give the tables a prefix or a suffix of their own in the plan's template, or use --wide, which groups them into patterns that also match other tables."
                                            .formatted(side.roleArn().orElseThrow(), LONGEST));
                            return List.copyOf(tables.exact());
                        });
        arns.forEach(resources::add);
        var patterns = new TreeSet<>(TableArns.patterns(arns));
        if (!patterns.isEmpty()) {
            warnings.add("The policy of %s is too long without patterns. Check that these match no other tables: %s."
                    .formatted(side.roleArn().orElseThrow(), String.join(", ", patterns)));
        }
    }

    /** Only these functions of this stack, and the operators, may take the role, and only who knows the external id. */
    private ObjectNode trust(Side side, String role, List<String> functions) {
        var partition = PolicyRequest.partitionOf(role);
        var node = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        var statement = node.putArray("Statement")
                .addObject()
                .put("Sid", "RekeyTakesTheRole")
                .put("Effect", "Allow");
        var accounts = new TreeSet<String>();
        accounts.add(request.account().orElseThrow());
        request.operators().forEach(operator -> accounts.add(PolicyRequest.accountOf(operator)));
        var principals = statement.putObject("Principal").putArray("AWS");
        accounts.forEach(account -> principals.add("arn:" + partition + ":iam::" + account + ":root"));
        statement.put("Action", "sts:AssumeRole");
        var condition = statement.putObject("Condition");
        var who = condition.putObject("ArnEquals").putArray("aws:PrincipalArn");
        functions.forEach(function -> who.add(request.role(partition, function)));
        request.operators().forEach(who::add);
        side.externalId()
                .ifPresent(externalId -> condition.putObject("StringEquals").put("sts:ExternalId", externalId));
        return node;
    }

    private static ObjectNode statement(String id, List<String> actions) {
        var statement = JsonNodeFactory.instance.objectNode().put("Sid", id).put("Effect", "Allow");
        actions.forEach(action -> statement.withArray("Action").add("dynamodb:" + action));
        return statement;
    }
}
