package dev.rekey.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the template's references stand for when it is deployed where the local stack seems to be: its account, its region
 * and its bucket. Every optional part of it is there.
 */
public record Deployed(Template template) {
    private static final String HERE = "us-east-1:000000000000:";
    private static final String STATE_MACHINE = "arn:aws:states:" + HERE + "stateMachine:rekey-migration";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("AWS::Partition", "aws"),
            Map.entry("AWS::Region", "us-east-1"),
            Map.entry("AWS::AccountId", "000000000000"),
            Map.entry("AWS::StackName", "rekey"),
            Map.entry("Prefix", "rekey"),
            Map.entry("Concurrency", "40"),
            Map.entry("RolePath", "/"),
            Map.entry("Bucket", "rekey"),
            Map.entry("Bucket.Arn", "arn:aws:s3:::rekey"),
            Map.entry("KmsKeyArn", "arn:aws:kms:" + HERE + "key/k"),
            Map.entry("TableKeyArns", "arn:aws:kms:" + HERE + "key/t"),
            Map.entry("SourceTableArns", "arn:aws:dynamodb:" + HERE + "table/*-dev"),
            Map.entry("TargetTableArns", "arn:aws:dynamodb:" + HERE + "table/*-prod"),
            Map.entry("InPlaceTableArns", "arn:aws:dynamodb:" + HERE + "table/*-live-dev"),
            Map.entry("MappingTableArns", "arn:aws:dynamodb:" + HERE + "table/*-map"),
            Map.entry("FileSourceArns", "arn:aws:s3:::*-files*"),
            Map.entry("SourceRoleArns", "arn:aws:iam::111111111111:role/source"),
            Map.entry("TargetRoleArns", "arn:aws:iam::222222222222:role/target"),
            Map.entry("StateMachine", STATE_MACHINE),
            Map.entry("NotifyDeadLetters.Arn", "arn:aws:sqs:" + HERE + "rekey-notify-dead-letters"),
            Map.entry("Topic", "arn:aws:sns:" + HERE + "rekey-runs"));

    /** A text of the template, or what stands for one. */
    public String text(Object node) {
        if (!(node instanceof Map<?, ?> function)) {
            return String.valueOf(node);
        }
        if (function.containsKey("Ref")) {
            return name((String) function.get("Ref"));
        }
        if (function.containsKey("Fn::GetAtt")) {
            return name((String) function.get("Fn::GetAtt"));
        }
        if (function.containsKey("Fn::Sub")) {
            return substituted((String) function.get("Fn::Sub"));
        }
        if (function.containsKey("Fn::Join")) {
            return text(((List<?>) function.get("Fn::Join")).get(1));
        }
        throw new IllegalArgumentException("no text: " + node);
    }

    /** A text with variables such as <code>${Bucket.Arn}</code>. */
    public String substituted(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(name(found.group(1))));
    }

    /** The parts of a list that are there, with every condition true. */
    public Stream<Object> present(List<?> nodes) {
        return nodes.stream().flatMap(node -> switch (node) {
            case Map<?, ?> map when map.containsKey("Fn::If") -> Stream.of(((List<?>) map.get("Fn::If")).get(1));
            default -> Stream.of(node);
        });
    }

    private String name(String reference) {
        return Optional.ofNullable(NAMES.get(reference)).orElseGet(() -> ofResource(reference));
    }

    private String ofResource(String reference) {
        var resource = reference.replaceAll("\\..*", "");
        var properties =
                Template.map(Template.map(template.resources().get(resource)).get("Properties"));
        if (resource.endsWith("Log")) {
            return "arn:aws:logs:" + HERE + "log-group:" + text(properties.get("LogGroupName")) + ":*";
        }
        if (reference.endsWith("Function.Alias")) {
            return "arn:aws:lambda:" + HERE + "function:" + text(properties.get("FunctionName")) + ":live";
        }
        throw new IllegalArgumentException("no name for " + reference);
    }
}
