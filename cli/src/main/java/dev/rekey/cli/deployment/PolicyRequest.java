package dev.rekey.cli.deployment;

import dev.rekey.core.plan.Side;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the stack, and what policies are asked for.
 *
 * @param account of the stack; empty if it is not known
 * @param region of the stack; empty if it is not known
 * @param prefix parameter of the stack that begins the names of its roles
 * @param rolePath parameter of the stack: the path of its roles
 * @param operators roles and users that run commands which read tables themselves
 * @param keys customer managed KMS keys that encrypt tables
 * @param wide whether a list that is too long may be grouped into patterns that match other tables, too
 */
public record PolicyRequest(
        Optional<String> account,
        Optional<String> region,
        String prefix,
        String rolePath,
        List<String> operators,
        List<String> keys,
        boolean wide) {
    private static final String ANY = "*";

    /** The ARN of a table of {@code side}, as far as it is known. */
    String table(Side side, String name) {
        var where = side.region().or(() -> region).orElse(ANY);
        var owner =
                side.roleArn().map(PolicyRequest::accountOf).or(() -> account).orElse(ANY);
        var partition = side.roleArn().map(PolicyRequest::partitionOf).orElseGet(() -> partitionOfRegion(where));
        return "arn:" + partition + ":dynamodb:" + where + ":" + owner + ":table/" + name;
    }

    /** The ARN of the role of one of the stack's functions. */
    String role(String partition, String function) {
        return "arn:" + partition + ":iam::" + account.orElseThrow() + ":role" + rolePath + prefix + "-" + function
                + "-" + region.orElseThrow();
    }

    /** The keys of the account that owns {@code side}. */
    List<String> keysOf(Side side) {
        var owner = side.roleArn().map(PolicyRequest::accountOf).or(() -> account);
        return keys.stream()
                .filter(key -> owner.isEmpty() || owner.get().equals(accountOf(key)))
                .toList();
    }

    static String partitionOf(String arn) {
        return arn.split(":", -1)[1];
    }

    static String accountOf(String arn) {
        return arn.split(":", -1)[4];
    }

    private static String partitionOfRegion(String region) {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        if (region.startsWith("eusc-")) {
            return "aws-eusc";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }
}
