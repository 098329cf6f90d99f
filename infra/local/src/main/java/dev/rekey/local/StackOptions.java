package dev.rekey.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to start a stack.
 *
 * @param data its directory, usually {@code .rekey}; created if need be. One stack at a time works on it
 * @param stores what keeps its data
 * @param names what the stack calls itself
 * @param functionTimeout after which a function is given up on; 900 s at most
 */
public record StackOptions(
        Path data, Durability durability, Ports ports, Stores stores, Names names, Duration functionTimeout) {

    /** Of every stack that is as usual. */
    public static final String BUCKET = "rekey";

    private static final Duration LONGEST_FUNCTION = Duration.ofMinutes(15);

    /**
     * The programs that stand for DynamoDB and S3.
     *
     * @param programs the folder that the build of {@code infra/stores} fills
     * @param javaHome runs them
     * @param running stores that run already and go on after the stack has ended; empty to start them
     */
    public record Stores(Path programs, Path javaHome, Optional<RunningStores> running) {
        public Stores {
            programs = programs.toAbsolutePath().normalize();
        }
    }

    /** @param bucket is created if it is not there */
    public record Names(String region, String account, String bucket) {}

    public StackOptions {
        // The stores run in another folder than the one that a relative path refers to.
        data = data.toAbsolutePath().normalize();
    }

    /** Everything as usual: standard ports, data on disk, region us-east-1, bucket {@code rekey}. */
    public static StackOptions standard(Path data, Path stores, Path javaHome) {
        return new StackOptions(
                data,
                Durability.ON_DISK,
                Ports.standard(),
                new Stores(stores, javaHome, Optional.empty()),
                new Names("us-east-1", "000000000000", BUCKET),
                LONGEST_FUNCTION);
    }

    public StackOptions with(Ports other) {
        return new StackOptions(data, durability, other, stores, names, functionTimeout);
    }

    public StackOptions with(RunningStores other) {
        var running = new Stores(stores.programs, stores.javaHome, Optional.of(other));
        return new StackOptions(data, durability, ports, running, names, functionTimeout);
    }

    public StackOptions with(Durability other) {
        return new StackOptions(data, other, ports, stores, names, functionTimeout);
    }

    public StackOptions with(Names other) {
        return new StackOptions(data, durability, ports, stores, other, functionTimeout);
    }

    public StackOptions with(Duration otherTimeout) {
        return new StackOptions(data, durability, ports, stores, names, otherTimeout);
    }

    public String region() {
        return names.region;
    }

    public String account() {
        return names.account;
    }

    public String bucket() {
        return names.bucket;
    }
}
