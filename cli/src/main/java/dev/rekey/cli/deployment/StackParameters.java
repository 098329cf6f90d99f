package dev.rekey.cli.deployment;

import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.Side;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parameters of a stack that grant what plans need, and nothing else: those of tables, roles and keys.
 *
 * @param values of each, in the order of the template; empty for those that grant nothing
 * @param warnings what somebody should look at
 * @param tooLong names of those that CloudFormation does not take
 */
public record StackParameters(Map<String, String> values, List<String> warnings, List<String> tooLong) {
    /** Of a parameter of CloudFormation. */
    private static final int LONGEST = 4_096;

    /** In the policy that each function's role has of its own: 10,240 characters without what the template says. */
    private static final int IN_A_ROLE = 7_000;

    /** What stands in that policy; tables have policies besides. */
    private static final List<String> OF_ROLES =
            List.of("FileSourceArns", "SourceRoleArns", "TargetRoleArns", "TableKeyArns");

    public static StackParameters of(Collection<Plan> plans, PolicyRequest request) {
        var parameters = new StackParameters(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        var tables = new PolicyTables(plans, request);
        parameters.list("SourceTableArns", tables.tables(PolicyTables.Kind.SOURCE, StackParameters::isHere), request);
        parameters.list("TargetTableArns", tables.tables(PolicyTables.Kind.TARGET, StackParameters::isHere), request);
        parameters.list(
                "InPlaceTableArns", tables.tables(PolicyTables.Kind.IN_PLACE, StackParameters::isHere), request);
        parameters.list("MappingTableArns", tables.mappings(StackParameters::isHere), request);
        parameters.files(tables.files(StackParameters::isHere), request);
        // A role in another account that changes records is one that functions write with.
        var sources = plans.stream().flatMap(plan -> plan.source().roleArn().stream());
        var targets = Stream.concat(roles(plans, PolicyTables.Kind.TARGET), roles(plans, PolicyTables.Kind.IN_PLACE));
        parameters.values.put(
                "SourceRoleArns", String.join(",", sources.distinct().toList()));
        parameters.values.put(
                "TargetRoleArns", String.join(",", targets.distinct().toList()));
        var own = request.account();
        parameters.values.put(
                "TableKeyArns",
                String.join(
                        ",",
                        request.keys().stream()
                                .filter(key -> own.isEmpty() || own.get().equals(PolicyRequest.accountOf(key)))
                                .toList()));
        parameters.requireInARole();
        return parameters;
    }

    private static boolean isHere(Side side) {
        return side.roleArn().isEmpty();
    }

    private static Stream<String> roles(Collection<Plan> plans, PolicyTables.Kind kind) {
        return plans.stream().filter(kind::isIn).flatMap(plan -> kind.of(plan).roleArn().stream());
    }

    private void list(String name, TableArns tables, PolicyRequest request) {
        var arns = tables.within(StackParameters::fits, request.wide()).orElseGet(() -> {
            var all = List.copyOf(tables.exact());
            tooLong.add(name);
            warnings.add(
                    "%s has %,d characters, and CloudFormation takes %,d: the stack cannot be deployed with it. Give the tables a prefix or a suffix of their own in the plan's template, or use --wide, which groups them into patterns that also match other tables."
                            .formatted(name, String.join(",", all).length(), LONGEST));
            return all;
        });
        var patterns = new TreeSet<>(TableArns.patterns(arns));
        if (!patterns.isEmpty()) {
            warnings.add("%s is too long without patterns. Check that these match no other tables: %s."
                    .formatted(name, String.join(", ", patterns)));
        }
        values.put(name, String.join(",", arns));
    }

    /** Nothing in a plan asks for a pattern of files but the files' own. */
    private void files(SortedSet<String> files, PolicyRequest request) {
        var name = OF_ROLES.getFirst();
        var arns = fits(files) || !request.wide() ? files : byFolder(files);
        values.put(name, String.join(",", arns));
        if (!fits(arns)) {
            tooLong.add(name);
            warnings.add(
                    "%s has %,d characters, and CloudFormation takes %,d: the stack cannot be deployed with it. Put the files into folders of their own, or use --wide, which grants all files of each folder."
                            .formatted(name, values.get(name).length(), LONGEST));
        } else if (!arns.equals(files)) {
            warnings.add("%s is too long with each file. Check that these hold no other files: %s."
                    .formatted(name, String.join(", ", arns)));
        }
    }

    private static SortedSet<String> byFolder(SortedSet<String> files) {
        return files.stream()
                .map(arn -> arn.contains("/") ? arn.substring(0, arn.lastIndexOf('/') + 1) + "*" : arn)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The functions' roles hold the lists one after another, each ARN in quotes and with a comma. */
    private void requireInARole() {
        int together = OF_ROLES.stream()
                .flatMap(name -> Stream.of(values.get(name).split(",", -1)))
                .mapToInt(arn -> arn.length() + 3)
                .sum();
        boolean fit = together <= IN_A_ROLE
                && OF_ROLES.stream().allMatch(name -> values.get(name).length() <= LONGEST);
        // Of files alone, it is said already.
        if (!fit && tooLong.stream().noneMatch(OF_ROLES::contains)) {
            tooLong.addAll(OF_ROLES);
            warnings.add(
                    "%s have %,d characters together. The roles of the functions take %,d, and CloudFormation %,d of each: the stack cannot be deployed with them. Deploy another stack, with another Prefix, for some of the plans."
                            .formatted(String.join(", ", OF_ROLES), together, IN_A_ROLE, LONGEST));
        }
    }

    private static boolean fits(Collection<String> arns) {
        return String.join(",", arns).length() <= LONGEST;
    }
}
