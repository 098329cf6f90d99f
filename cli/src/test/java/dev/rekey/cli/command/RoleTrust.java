package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/** Decides, as IAM does, whom the trust policy of a role lets take it: of what such policies may say, just what ours do. */
record RoleTrust(JsonNode policy) {
    /** @param principal ARN of a role or user */
    boolean admits(String principal, String externalId) {
        return some(policy.get("Statement"), statement -> allows(statement, principal, externalId));
    }

    private static boolean allows(JsonNode statement, String principal, String externalId) {
        var account = principal.split(":", -1)[4];
        var conditions = statement.get("Condition");
        for (var condition : conditions.properties()) {
            for (var key : condition.getValue().properties()) {
                var value = switch (key.getKey()) {
                    case "aws:PrincipalArn" -> principal;
                    case "sts:ExternalId" -> externalId;
                    default -> throw new IllegalArgumentException("unknown: " + key.getKey());
                };
                if (!condition.getKey().matches("ArnEquals|StringEquals")) {
                    throw new IllegalArgumentException("unknown: " + condition.getKey());
                }
                if (!some(key.getValue(), one -> one.asText().equals(value))) {
                    return false;
                }
            }
        }
        return statement.get("Effect").asText().equals("Allow")
                && statement.get("Action").asText().equals("sts:AssumeRole")
                && some(statement.at("/Principal/AWS"), one -> one.asText().endsWith("::" + account + ":root"));
    }

    private static boolean some(JsonNode node, java.util.function.Predicate<JsonNode> holds) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false).anyMatch(holds) : holds.test(node);
    }
}
