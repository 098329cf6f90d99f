package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.store.Interceptor.Call;
import dev.rekey.local.stores.StoreFailedException;
import dev.rekey.local.stores.StoreProcess;
import dev.rekey.local.stores.StoreProgram;
import dev.rekey.local.stores.Workplace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A DynamoDB Local and an S3Mock for a sweep, and what it tries there: the first, the middle and the last request of every
 * kind, of a part of an execution the middle one, and of the ways to go on the next in turn; with {@code -Dsweep=whole} every
 * request and every way.
 */
final class RealSweep implements AutoCloseable {
    private static final boolean WHOLE = "whole".equals(System.getProperty("sweep"));

    private final Exhibit exhibit;
    private final Predicate<String> thorough;
    private final List<StoreProcess> running;
    private final ThreadLocal<RealStores> stores;

    private RealSweep(
            Exhibit exhibit, Predicate<String> thorough, List<StoreProcess> running, Map<String, String> address) {
        this.exhibit = exhibit;
        this.thorough = thorough;
        this.running = running;
        this.stores = ThreadLocal.withInitial(() -> new RealStores(exhibit, address));
    }

    /**
     * @param thorough kinds of which more than the middle request is tried
     * @param folder for the files of the stores
     */
    static RealSweep start(Exhibit exhibit, Predicate<String> thorough, Path folder)
            throws StoreFailedException, InterruptedException {
        var place = new Workplace(Path.of(System.getProperty("rekey.stores")), folder, folder);
        var dynamoDb = StoreProgram.dynamoDbLocal(place, 0, Optional.empty());
        var s3 = StoreProgram.s3Mock(place, 0, folder.resolve("s3"), "nobody-uses-it");
        var running = new ArrayList<StoreProcess>();
        for (var program : List.of(unshared(dynamoDb), s3)) {
            running.add(StoreProcess.launch(program, Path.of(System.getProperty("java.home"))));
        }
        return new RealSweep(
                exhibit,
                thorough,
                running,
                Map.of(
                        "AWS_REGION",
                        "eu-west-1",
                        "AWS_SECRET_ACCESS_KEY",
                        "local",
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        answering(running.getFirst()),
                        "AWS_ENDPOINT_URL_S3",
                        answering(running.getLast())));
    }

    /** Every thread has tables of its own, under an access key of its own. */
    private static StoreProgram unshared(StoreProgram program) {
        return new StoreProgram(
                program.name(),
                program.jvmOptions(),
                program.classPath(),
                program.main(),
                program.arguments().stream()
                        .filter(argument -> !argument.equals("-sharedDb"))
                        .toList(),
                program.requiredFolders(),
                program.log());
    }

    private static String answering(StoreProcess store) throws StoreFailedException, InterruptedException {
        return "http://127.0.0.1:" + store.awaitPort(Duration.ofSeconds(60));
    }

    @Override
    public void close() {
        running.forEach(StoreProcess::close);
    }

    /** See {@link Sweep#place}. */
    Site place(Site site) {
        var own = stores.get();
        own.hold(site.held());
        return site.on(own);
    }

    /** See {@link Sweep#chosen}. */
    Set<Integer> chosen(SortedMap<Integer, Call> requests, Collection<Call> inMemory) {
        var numbers = new TreeMap<String, List<Integer>>();
        requests.forEach((number, call) ->
                numbers.computeIfAbsent(kind(call), _ -> new ArrayList<>()).add(number));
        assertThat(numbers.keySet())
                .as("kinds of requests")
                .containsAll(inMemory.stream().map(this::kind).toList());
        boolean part = requests.size() <= requests.lastKey();
        return numbers.entrySet().stream()
                .flatMap(kind -> chosen(kind.getValue(), part || !thorough.test(kind.getKey())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Integer> chosen(List<Integer> ofOneKind, boolean part) {
        int middle = ofOneKind.get(ofOneKind.size() / 2);
        if (WHOLE) {
            return ofOneKind.stream();
        }
        return part ? Stream.of(middle) : Stream.of(ofOneKind.getFirst(), middle, ofOneKind.getLast());
    }

    private String kind(Call call) {
        boolean table =
                exhibit.shapes().stream().anyMatch(shape -> shape.table().name().equals(call.on()));
        return (table ? "table: " : "object: ") + call.name();
    }

    /** See {@link Sweep#ways}. */
    static <T> List<T> ways(int moment, List<T> all) {
        return WHOLE ? all : List.of(all.get(moment % all.size()));
    }
}
