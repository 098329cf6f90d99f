package dev.rekey.interpreter.ports;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The partition of AWS that a region is in, which stands in every ARN. */
public record Partition(String name) {
    public static final Partition AWS = new Partition("aws");

    private static final Pattern ARN = Pattern.compile("arn:(aws[a-z-]*):(.*)", Pattern.DOTALL);

    public static Partition of(String region) {
        if (region.startsWith("us-gov-")) {
            return new Partition("aws-us-gov");
        }
        if (region.startsWith("cn-")) {
            return new Partition("aws-cn");
        }
        return region.startsWith("eusc-") ? new Partition("aws-eusc") : AWS;
    }

    /** Whether {@code resource} is an ARN of another partition, which Step Functions refuses. */
    public boolean isForeign(String resource) {
        return split(resource).filter(arn -> !arn.group(1).equals(name)).isPresent();
    }

    /** The ARN as it would be in the partition {@code aws}; anything else as it is. */
    public static String plain(String resource) {
        return split(resource).map(arn -> "arn:aws:" + arn.group(2)).orElse(resource);
    }

    private static Optional<Matcher> split(String resource) {
        return Optional.of(ARN.matcher(resource)).filter(Matcher::matches);
    }
}
