package dev.rekey.cli.execution;

import java.util.Optional;
import java.util.regex.Pattern;

/** Where a person sees an execution in the console of AWS. */
public final class ConsoleLink {
    private static final Pattern ARN = Pattern.compile(
            "arn:(?<partition>aws[a-z-]*):states:(?<region>[a-z0-9-]+):(?<account>\\d{12}):execution:.+");

    /** That of the stack on this machine, which has no console. */
    private static final String LOCAL_ACCOUNT = "000000000000";

    private ConsoleLink() {}

    /** Empty for an execution that no console shows. */
    public static Optional<String> of(ExecutionArn execution) {
        return Optional.of(ARN.matcher(execution.value()))
                .filter(arn -> arn.matches() && !arn.group("account").equals(LOCAL_ACCOUNT))
                .map(arn -> "https://" + arn.group("region") + "." + domain(arn.group("partition"))
                        + "/states/home?region=" + arn.group("region") + "#/v2/executions/details/" + execution);
    }

    private static String domain(String partition) {
        return switch (partition) {
            case "aws-cn" -> "console.amazonaws.cn";
            case "aws-us-gov" -> "console.amazonaws-us-gov.com";
            default -> "console.aws.amazon.com";
        };
    }
}
