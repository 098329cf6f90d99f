package dev.rekey.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** IAM limits how long policies are. */
final class PolicySizeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Template TEMPLATE = Template.read();
    private static final Deployed DEPLOYED = new Deployed(TEMPLATE);

    /** With parameters as long as CloudFormation takes them, of tables as 60 of one stack have. */
    @Test
    void everyPolicyIsOneThatIamTakes() throws IOException {
        var arn = "arn:aws-us-gov:dynamodb:us-gov-west-1:111122223333:table/orders-of-the-shop-%02d";
        var tables = IntStream.range(0, 60)
                .mapToObj(arn::formatted)
                .limit(4_096 / (arn.length() - 1))
                .toList();
        var policies = TEMPLATE.ofType("AWS::IAM::ManagedPolicy");
        assertThat(policies).hasSizeGreaterThan(15);
        for (var policy : policies.entrySet()) {
            assertThat(JSON.writeValueAsString(resolved(policy.getValue().get("PolicyDocument"), tables)))
                    .as(policy.getKey())
                    .hasSizeLessThanOrEqualTo(6_144);
        }
        for (var role : TEMPLATE.ofType("AWS::IAM::Role").entrySet()) {
            var inline = resolved(role.getValue().get("Policies"), tables.subList(0, 5));
            assertThat(JSON.writeValueAsString(inline)).as(role.getKey()).hasSizeLessThanOrEqualTo(10_240);
            // A role takes ten managed policies; in a VPC, AWS's own is one of them.
            assertThat(policies.values().stream()
                            .filter(policy -> policy.get("Roles").equals(List.of(Map.of("Ref", role.getKey())))))
                    .as(role.getKey())
                    .hasSizeLessThan(10);
        }
    }

    /** @param list what stands for each parameter that is a list */
    private static Object resolved(Object node, List<String> list) {
        return switch (node) {
            case Map<?, ?> map when map.containsKey("Fn::If") -> resolved(((List<?>) map.get("Fn::If")).get(1), list);
            case Map<?, ?> map
            when map.containsKey("Ref") && String.valueOf(map.get("Ref")).endsWith("Arns") -> list;
            case Map<?, ?> map
            when map.keySet().stream()
                    .anyMatch(key -> key.equals("Ref") || String.valueOf(key).startsWith("Fn::")) -> DEPLOYED.text(map);
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> String.valueOf(entry.getKey()), entry -> resolved(entry.getValue(), list)));
            case List<?> nodes -> nodes.stream().map(one -> resolved(one, list)).toList();
            default -> node;
        };
    }
}
