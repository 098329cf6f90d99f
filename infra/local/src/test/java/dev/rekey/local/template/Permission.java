package dev.rekey.local.template;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that one role may do.
 *
 * @param role such as {@code migrate}: the name of the role without prefix and region
 * @param action such as {@code dynamodb:Scan}
 * @param resource its ARN, in which {@code *} stands for anything
 */
public record Permission(String role, String action, String resource) {
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    /** Everything that the template allows any of its roles. */
    public static List<Permission> of(Deployed deployed) {
        var roles = deployed.template().ofType("AWS::IAM::Role");
        var tables = deployed.template().ofType("AWS::IAM::ManagedPolicy").values().stream()
                .flatMap(policy -> Template.list(policy.get("Roles")).stream()
                        .map(role -> roles.get(Template.map(role).get("Ref")))
                        .flatMap(role -> ofPolicy(deployed, nameOf(role), policy)));
        return Stream.concat(roles.values().stream().flatMap(role -> ofRole(deployed, role)), tables)
                .toList();
    }

    /** A role has one policy of its own, which is called like its function. */
    private static String nameOf(Map<String, Object> role) {
        return String.valueOf(
                Template.map(Template.list(role.get("Policies")).getFirst()).get("PolicyName"));
    }

    private static Stream<Permission> ofRole(Deployed deployed, Map<String, Object> role) {
        // In a VPC, Lambda makes network interfaces as AWS's own policy says; what others allow is not known here.
        if (role.containsKey("ManagedPolicyArns")
                && !String.valueOf(role.get("ManagedPolicyArns")).contains("{Fn::If=[InVpc, [")) {
            throw new IllegalArgumentException("what a managed policy allows is not known here: " + role);
        }
        return Template.list(role.get("Policies")).stream()
                .map(Template::map)
                .flatMap(policy -> ofPolicy(deployed, nameOf(role), policy));
    }

    private static Stream<Permission> ofPolicy(Deployed deployed, String role, Map<String, Object> policy) {
        return deployed.present(
                        (List<?>) Template.map(policy.get("PolicyDocument")).get("Statement"))
                .map(Template::map)
                .flatMap(statement -> ofStatement(deployed, role, statement));
    }

    private static Stream<Permission> ofStatement(Deployed deployed, String role, Map<String, Object> statement) {
        if (!"Allow".equals(statement.get("Effect")) || statement.containsKey("NotAction")) {
            throw new IllegalArgumentException("more than is understood here: " + statement);
        }
        return Template.list(statement.get("Action")).stream()
                .flatMap(action -> Template.list(statement.get("Resource")).stream()
                        .map(resource -> new Permission(role, String.valueOf(action), deployed.text(resource))));
    }

    /** Whether this allows all of what {@code other} allows. */
    public boolean covers(Permission other) {
        return role.equals(other.role) && action.equals(other.action) && matches(other.resource);
    }

    private boolean matches(String concrete) {
        return PATTERNS.computeIfAbsent(
                        resource,
                        text -> Pattern.compile(Stream.of(text.split("\\*", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*"))))
                .matcher(concrete)
                .matches();
    }
}
