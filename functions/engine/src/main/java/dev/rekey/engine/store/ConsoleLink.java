package dev.rekey.engine.store;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a person sees an execution in the console of AWS. */
public final class ConsoleLink {
    private static final Pattern ARN = Pattern.compile(
            "arn:(?<partition>aws[a-z-]*):states:(?<region>[a-z0-9-]+):(?<account>\\d{12}):execution:.+");

    /** That of the stack on one machine, which has no console. */
    private static final String LOCAL_ACCOUNT = "000000000000";

    /** Every partition has a console of its own. */
    private static final Map<String, String> DOMAINS = Map.of(
            "aws", "console.aws.amazon.com",
            "aws-cn", "console.amazonaws.cn",
            "aws-us-gov", "console.amazonaws-us-gov.com",
            "aws-eusc", "console.amazonaws-eusc.eu");

    private ConsoleLink() {}

    /** Empty for an execution that no console shows, or none whose address is known. */
    public static Optional<String> of(String execution) {
        return Optional.of(ARN.matcher(execution))
                .filter(arn -> arn.matches() && !arn.group("account").equals(LOCAL_ACCOUNT))
                .flatMap(arn -> Optional.ofNullable(DOMAINS.get(arn.group("partition")))
                        .map(domain -> "https://%1$s.%2$s/states/home?region=%1$s#/v2/executions/details/%3$s"
                                .formatted(arn.group("region"), domain, execution)));
    }
}
