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
        return deployed.template().ofType("AWS::IAM::Role").values().stream()
                .flatMap(role -> ofRole(deployed, role))
                .toList();
    }

    private static Stream<Permission> ofRole(Deployed deployed, Map<String, Object> role) {
        if (role.containsKey("ManagedPolicyArns")) {
            throw new IllegalArgumentException("what a managed policy allows is not known here: " + role);
        }
        return Template.list(role.get("Policies")).stream()
                .map(Template::map)
                .flatMap(policy -> deployed.present((List<?>)
                                Template.map(policy.get("PolicyDocument")).get("Statement"))
                        .map(Template::map)
                        .flatMap(statement ->
                                ofStatement(deployed, String.valueOf(policy.get("PolicyName")), statement)));
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
