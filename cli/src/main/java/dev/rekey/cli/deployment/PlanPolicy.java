package dev.rekey.cli.deployment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.Location;
import dev.rekey.core.plan.MappingSource;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Side;
import dev.rekey.core.plan.TablePlan;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The least that IAM has to allow so that a stack can carry out a plan: policies for the tables of both sides, and for roles
 * in other accounts who may take them.
 */
public final class PlanPolicy {
    private static final List<String> SOURCE =
            List.of("BatchGetItem", "DescribeTable", "DescribeTimeToLive", "Query", "Scan");
    private static final List<String> FILES = List.of("GetObject", "ListBucket");
    private static final List<String> TARGET = List.of(
            "BatchGetItem",
            "BatchWriteItem",
            "DeleteItem",
            "DescribeTable",
            "DescribeTimeToLive",
            "PutItem",
            "Query",
            "Scan");
    private static final List<String> IN_PLACE = List.of("BatchGetItem", "UpdateItem");
    private static final List<String> IN_PLACE_WITH_CREATED =
            List.of("BatchGetItem", "DeleteItem", "PutItem", "Scan", "UpdateItem");
    private static final List<String> MAPPING = List.of("DescribeTable", "DescribeTimeToLive", "Scan");
    private static final String ANY = "*";

    /** CloudFormation takes 4,096 bytes, and a role's policies, which may name both sides, have 10,240 characters. */
    private static final int LONGEST_PARAMETER = 3_500;

    private final Plan plan;
    private final Optional<String> account;
    private final Optional<String> region;
    private final String prefix;

    /**
     * @param account of the stack; empty if it is not known
     * @param region of the stack; empty if it is not known
     * @param prefix parameter of the stack that begins the names of its roles
     */
    public PlanPolicy(Plan plan, Optional<String> account, Optional<String> region, String prefix) {
        this.plan = plan;
        this.account = account;
        this.region = region;
        this.prefix = prefix;
    }

    /** For each side its role, policy and trust, and the parameters of the stack that fit. */
    public ObjectNode document() {
        var source = arns(plan.source(), table -> table.file().isEmpty(), TablePlan::source);
        var target = arns(plan.target(), table -> !table.isInPlace(), TablePlan::target);
        var inPlace = arns(plan.source(), TablePlan::isInPlace, TablePlan::source);
        var document = JsonNodeFactory.instance.objectNode();
        var files = files();
        if (!source.isEmpty()) {
            document.set("source", side(plan.source(), "RekeyReadsTheSource", SOURCE, source));
        } else if (!files.isEmpty()) {
            document.set("source", side(plan.source(), "RekeyReadsTheSource", FILES, files));
        }
        var mappings = mappings();
        if (!mappings.isEmpty()) {
            document.set("mappings", side(plan.source(), "RekeyReadsMappings", MAPPING, mappings));
        }
        if (!inPlace.isEmpty()) {
            document.set("inPlace", side(plan.source(), "RekeyChangesInPlace", actionsInPlace(), inPlace));
        }
        if (!target.isEmpty()) {
            document.set("target", side(plan.target(), "RekeyWritesTheTarget", TARGET, target));
        }
        var parameters = document.putObject("parameters");
        source(parameters, source, files);
        var onlyRead = new TreeSet<>(source);
        onlyRead.removeAll(inPlace);
        if (!target.isEmpty()) {
            parameters(parameters, "Target", plan.target(), target, onlyRead);
        }
        inPlace(parameters, inPlace, onlyRead);
        // A role in another account is that of the source, which is named above.
        if (!mappings.isEmpty() && plan.source().roleArn().isEmpty()) {
            parameters.put("MappingTableArns", String.join(",", mappings));
        }
        return document;
    }

    private void source(ObjectNode parameters, SortedSet<String> tables, SortedSet<String> files) {
        if (!tables.isEmpty() || (plan.source().roleArn().isPresent() && !files.isEmpty())) {
            parameters(parameters, "Source", plan.source(), tables, Set.of());
        } else if (!files.isEmpty()) {
            parameters.put("FileSourceArns", String.join(",", files));
        }
    }

    /** Buckets and files in them; those beside the plan are put into the stack's own bucket. */
    private SortedSet<String> files() {
        var partition = plan.source()
                .roleArn()
                .map(PlanPolicy::partition)
                .orElseGet(() ->
                        partitionOf(plan.source().region().or(() -> region).orElse(ANY)));
        var arns = new TreeSet<String>();
        plan.tables().stream()
                .filter(table -> table.file().isPresent())
                .map(table -> table.source().name())
                .filter(address -> address.startsWith(Location.Files.BUCKET))
                .map(address -> address.substring(Location.Files.BUCKET.length()))
                .forEach(address -> {
                    arns.add("arn:" + partition + ":s3:::" + address.substring(0, address.indexOf('/')));
                    arns.add("arn:" + partition + ":s3:::" + address);
                });
        return arns;
    }

    /** What is created is put, and deleted again by a rollback. */
    private List<String> actionsInPlace() {
        return plan.createdInto().stream().anyMatch(TablePlan::isInPlace) ? IN_PLACE_WITH_CREATED : IN_PLACE;
    }

    /** A role in another account that changes records is one that functions write with. */
    private void inPlace(ObjectNode parameters, SortedSet<String> tables, Set<String> onlyRead) {
        if (!tables.isEmpty()) {
            plan.source()
                    .roleArn()
                    .ifPresentOrElse(
                            role -> parameters.put(
                                    "TargetRoleArns",
                                    Stream.concat(
                                                    plan.copies() ? plan.target().roleArn().stream() : Stream.of(),
                                                    Stream.of(role))
                                            .distinct()
                                            .collect(Collectors.joining(","))),
                            () -> parameters.put("InPlaceTableArns", parameter(plan.source(), tables, onlyRead)));
        }
    }

    private ObjectNode side(Side side, String id, Collection<String> actions, SortedSet<String> tables) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("role", side.roleArn().orElse("the functions' own"));
        var statement = document(node.putObject("policy"), id);
        var allowed = statement.putArray("Action");
        actions.forEach(action -> allowed.add((actions == FILES ? "s3:" : "dynamodb:") + action));
        var resources = statement.putArray("Resource");
        tables.forEach(resources::add);
        side.roleArn().ifPresent(role -> trust(node.putObject("trust"), side, role));
        return node;
    }

    /** Only this stack's functions may take the role, and only who knows the external id. */
    private void trust(ObjectNode node, Side side, String role) {
        var home = account.orElse("ACCOUNT-OF-THE-STACK");
        var here = "arn:" + partition(role) + ":iam::" + home;
        var statement = document(node, "RekeyTakesTheRole");
        statement.putObject("Principal").put("AWS", here + ":root");
        statement.put("Action", "sts:AssumeRole");
        var condition = statement.putObject("Condition");
        condition.putObject("ArnLike").put("aws:PrincipalArn", here + ":role/" + prefix + "-*");
        side.externalId()
                .ifPresent(externalId -> condition.putObject("StringEquals").put("sts:ExternalId", externalId));
    }

    private static ObjectNode document(ObjectNode node, String id) {
        node.put("Version", "2012-10-17");
        return node.putArray("Statement").addObject().put("Sid", id).put("Effect", "Allow");
    }

    /** Tables with mappings lie where those of the source do. */
    private SortedSet<String> mappings() {
        var arns = new TreeSet<String>();
        for (var family : plan.declared().families()) {
            if (family.rule().mapping() instanceof MappingSource.OfTable mapping) {
                arns.add(arn(plan.source(), mapping.table().name()));
            }
        }
        return arns;
    }

    private SortedSet<String> arns(Side side, Predicate<TablePlan> those, Function<TablePlan, PhysicalTable> physical) {
        var arns = new TreeSet<String>();
        plan.tables().stream()
                .filter(those)
                .forEach(table -> arns.add(arn(side, physical.apply(table).name())));
        return arns;
    }

    private String arn(Side side, String table) {
        var where = side.region().or(() -> region).orElse(ANY);
        var owner = side.roleArn().map(PlanPolicy::account).or(() -> account).orElse(ANY);
        var partition = side.roleArn().map(PlanPolicy::partition).orElseGet(() -> partitionOf(where));
        return "arn:" + partition + ":dynamodb:" + where + ":" + owner + ":table/" + table;
    }

    private void parameters(ObjectNode node, String name, Side side, SortedSet<String> tables, Set<String> onlyRead) {
        if (side.roleArn().isPresent()) {
            node.put(name + "RoleArns", side.roleArn().get());
        } else {
            node.put(name + "TableArns", parameter(side, tables, onlyRead));
        }
    }

    /** @param onlyRead tables that must not be written: a pattern that matches one of them is not used */
    private String parameter(Side side, SortedSet<String> tables, Set<String> onlyRead) {
        var each = String.join(",", tables);
        return each.length() <= LONGEST_PARAMETER
                ? each
                : pattern(side, tables, onlyRead).orElse(each);
    }

    /** The side's template, and the tables of other names. */
    private Optional<String> pattern(Side side, SortedSet<String> tables, Set<String> onlyRead) {
        var parts = side.location().template().split(Pattern.quote(Location.TABLE), -1);
        var start = arn(side, parts[0]);
        var end = parts[parts.length - 1];
        Predicate<String> follows = arn -> arn.startsWith(start) && arn.endsWith(end);
        var others = tables.stream().filter(follows.negate());
        return onlyRead.stream().anyMatch(follows)
                ? Optional.empty()
                : Optional.of(
                        Stream.concat(Stream.of(start + ANY + end), others).collect(Collectors.joining(",")));
    }

    private static String partition(String arn) {
        return arn.split(":", -1)[1];
    }

    private static String account(String arn) {
        return arn.split(":", -1)[4];
    }

    private static String partitionOf(String region) {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        if (region.startsWith("eusc-")) {
            return "aws-eusc";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }
}
