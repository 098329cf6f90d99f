package dev.rekey.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to start a stack.
 *
 * @param data its directory, usually {@code .rekey}; created if need be. One stack at a time works on it
 * @param stores the folder that the build of {@code infra/stores} fills
 * @param running stores that run already and go on after the stack has ended; empty to start them
 * @param javaHome runs the stores
 * @param bucket is created if it is not there
 * @param functionTimeout after which a function is given up on; 900 s at most
 */
public record StackOptions(
        Path data,
        Durability durability,
        Ports ports,
        Path stores,
        Optional<RunningStores> running,
        Path javaHome,
        String region,
        String account,
        String bucket,
        Duration functionTimeout) {

    private static final Duration LONGEST_FUNCTION = Duration.ofMinutes(15);

    public StackOptions {
        // The stores run in another folder than the one that a relative path refers to.
        data = data.toAbsolutePath().normalize();
        stores = stores.toAbsolutePath().normalize();
    }

    /** Everything as usual: standard ports, data on disk, region us-east-1, bucket {@code rekey}. */
    public static StackOptions standard(Path data, Path stores, Path javaHome) {
        return new StackOptions(
                data,
                Durability.ON_DISK,
                Ports.standard(),
                stores,
                Optional.empty(),
                javaHome,
                "us-east-1",
                "000000000000",
                "rekey",
                LONGEST_FUNCTION);
    }

    public StackOptions with(Ports other) {
        return new StackOptions(
                data, durability, other, stores, running, javaHome, region, account, bucket, functionTimeout);
    }

    public StackOptions with(RunningStores other) {
        return new StackOptions(
                data,
                durability,
                ports,
                stores,
                Optional.of(other),
                javaHome,
                region,
                account,
                bucket,
                functionTimeout);
    }

    public StackOptions with(Durability other) {
        return new StackOptions(
                data, other, ports, stores, running, javaHome, region, account, bucket, functionTimeout);
    }

    public StackOptions with(Duration otherTimeout) {
        return new StackOptions(
                data, durability, ports, stores, running, javaHome, region, account, bucket, otherTimeout);
    }
}
