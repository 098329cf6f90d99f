package dev.rekey.local;

import dev.rekey.local.StackException.Kind;
import dev.rekey.local.child.StoreNote;
import dev.rekey.local.functions.Functions;
import dev.rekey.local.stores.StoreFailedException;
import dev.rekey.local.stores.StoreProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The stack of Rekey on this machine: DynamoDB Local and S3Mock in child processes, Step Functions and Lambda in this
 * one, all on 127.0.0.1. Children end when this process ends, however it ends.
 */
public final class Stack implements AutoCloseable {
    private final Resources resources;
    private final Endpoints endpoints;
    private final LogFile log;
    private final List<StoreProcess> stores;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<StackException> broken = new CompletableFuture<>();

    private Stack(Resources resources, Startup.Started started) {
        this.resources = resources;
        this.endpoints = started.endpoints();
        this.log = started.log();
        this.stores = started.stores();
        stores.forEach(this::watch);
    }

    /**
     * Starts the stack and returns when everything answers. Executions that an earlier stack left unfinished are aborted
     * before that.
     *
     * @param machine is there, in this form, before the first request is answered
     * @param functions makes the functions, given where the stores are; a factory, because they connect to them
     * @throws StackException when it cannot start; everything that was started is ended again
     */
    public static Stack start(StackOptions options, StateMachine machine, Function<Endpoints, Functions> functions)
            throws InterruptedException {
        Resources resources = new Resources();
        boolean started = false;
        try {
            Stack stack = new Stack(resources, new Startup(options, resources).run(machine, functions));
            started = true;
            return stack;
        } catch (StoreFailedException failed) {
            throw new StackException(Kind.STORE_FAILED, failed.getMessage(), failed);
        } catch (IOException failed) {
            throw new StackException(
                    Kind.DATA_NOT_WRITABLE,
                    "Cannot start the local stack in " + options.data() + ": " + failed
                            + ". Stored data is unchanged. Check disk space and permissions, then start again.",
                    failed);
        } finally {
            if (!started) {
                // Nothing to log to: the failure that brought us here is on its way to the caller.
                resources.close(ignored -> {});
            }
        }
    }

    /** Where the living stack of a data directory is reached; empty when none runs there. */
    public static Optional<Endpoints> join(Path data) {
        DataDirectory.refuseFile(data);
        try {
            return StackFile.in(data).read();
        } catch (IOException unreadable) {
            throw new StackException(
                    Kind.DATA_NOT_READABLE,
                    "Cannot read " + StackFile.in(data).path() + ": " + unreadable.getMessage()
                            + ". Nothing was changed. Remove the file if no stack runs.",
                    unreadable);
        }
    }

    /** Whether an earlier stack has kept anything in {@code data}. */
    public static boolean holdsData(Path data) {
        return DataDirectory.holdsData(data);
    }

    /**
     * What lies in {@code bucket} in {@code data}, read from the files while no stack runs there.
     *
     * @param wanted which keys to read
     * @throws StackException if the files cannot be read
     */
    public static Map<String, byte[]> keptObjects(Path data, String bucket, Predicate<String> wanted) {
        Path folder = DataDirectory.objects(data).resolve(bucket);
        try {
            return new KeptObjects(folder).read(wanted);
        } catch (IOException | UncheckedIOException unreadable) {
            throw new StackException(
                    Kind.DATA_NOT_READABLE,
                    "Cannot read " + folder + ": " + unreadable.getMessage()
                            + ". Nothing was changed. Start the stack with rekey up, which repairs what it can.",
                    unreadable);
        }
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    /** What the stores found out about what they had stored, and what they did about it; empty if nothing was wrong. */
    public List<StoreNote> notes() {
        return stores.stream().flatMap(store -> store.notes().stream()).toList();
    }

    /** Completes when a store ended by itself: what works on the stack can only fail from then on. */
    public CompletionStage<StackException> broken() {
        return broken.minimalCompletionStage();
    }

    /** Ends everything within three seconds; data on disk stays. Functions that run are interrupted. */
    @Override
    public void close() {
        closing.set(true);
        resources.close(log);
    }

    private void watch(StoreProcess store) {
        store.onEnd(code -> {
            if (!closing.get()) {
                broken.complete(ended(store.name(), store.log(), code));
            }
        });
    }

    static StackException ended(String store, Path log, int code) {
        return new StackException(
                Kind.STORE_FAILED,
                "Cannot continue: " + store + " ended with code " + code
                        + ". Its stored data is kept. Read its log, " + log
                        + ", then start the stack again. Resume unfinished runs with rekey resume --run RUN --local, and with --data DIR if the stack was started with it.");
    }
}
