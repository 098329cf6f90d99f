package dev.rekey.handlers;

import dev.rekey.engine.scan.SegmentProbe;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a function is told by its environment.
 *
 * @param bucket where runs are written down
 * @param invocation how long an invocation works at most that can go on in another one, before it writes its checkpoint and returns
 * @param rangeBytes after how many bytes the records of one partition key value may be cut; less than by default for tests
 * @param process names the process that the functions share, where other processes of the machine can be seen
 * @param topic ARN of the topic where people are told what happened; only one function needs it
 * @param stack name of the CloudFormation stack
 */
record Settings(
        String bucket,
        Duration invocation,
        long rangeBytes,
        Optional<String> process,
        Optional<String> topic,
        String stack) {
    private static final int INVOCATION_SECONDS = 60;

    static Settings of(Map<String, String> environment) {
        var bucket = environment.get("REKEY_BUCKET");
        if (bucket == null) {
            throw new IllegalStateException(
                    "Cannot start the function: the environment has no REKEY_BUCKET. Nothing was"
                            + " read or written. Deploy the stack again.");
        }
        return new Settings(
                bucket,
                Duration.ofSeconds(number(environment, "REKEY_INVOCATION_SECONDS", INVOCATION_SECONDS)),
                number(environment, "REKEY_RANGE_BYTES", (int) SegmentProbe.BYTES_PER_SEGMENT),
                Optional.ofNullable(environment.get("REKEY_PROCESS")),
                Optional.ofNullable(environment.get("REKEY_TOPIC")),
                environment.getOrDefault("REKEY_STACK", "rekey"));
    }

    private static int number(Map<String, String> environment, String name, int otherwise) {
        var value = environment.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
