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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sweep on DynamoDB Local and S3Mock: the first, the middle and the last request of every kind, of a part of an
 * execution the middle one, and of the ways to go on the next in turn; with {@code -Dsweep=whole} every request and every way.
 */
@Order(1) // The longest of all: others run beside it.
final class RealCrashSweepTest extends OperatedSweepContract {
    private static final boolean WHOLE = "whole".equals(System.getProperty("sweep"));

    @TempDir
    static Path folder;

    private static final ThreadLocal<RealStores> STORES = ThreadLocal.withInitial(() -> new RealStores(address()));

    private static final List<StoreProcess> RUNNING = new ArrayList<>();
    private static Map<String, String> address = Map.of();

    @BeforeAll
    static void start() throws StoreFailedException, InterruptedException {
        var place = new Workplace(Path.of(System.getProperty("rekey.stores")), folder, folder);
        var dynamoDb = StoreProgram.dynamoDbLocal(place, 0, Optional.empty());
        var s3 = StoreProgram.s3Mock(place, 0, folder.resolve("s3"), "nobody-uses-it");
        for (var program : List.of(unshared(dynamoDb), s3)) {
            RUNNING.add(StoreProcess.launch(program, Path.of(System.getProperty("java.home"))));
        }
        address = Map.of(
                "AWS_REGION",
                "eu-west-1",
                "AWS_SECRET_ACCESS_KEY",
                "local",
                "AWS_ENDPOINT_URL_DYNAMODB",
                answering(RUNNING.getFirst()),
                "AWS_ENDPOINT_URL_S3",
                answering(RUNNING.getLast()));
    }

    private static Map<String, String> address() {
        return address;
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

    @AfterAll
    static void stop() {
        RUNNING.forEach(StoreProcess::close);
    }

    @Override
    Site place(Site site) {
        var stores = STORES.get();
        stores.hold(site.held());
        return site.on(stores);
    }

    @Override
    Set<Integer> chosen(SortedMap<Integer, Call> requests, Collection<Call> inMemory) {
        var numbers = new TreeMap<String, List<Integer>>();
        requests.forEach((number, call) ->
                numbers.computeIfAbsent(kind(call), _ -> new ArrayList<>()).add(number));
        assertThat(numbers.keySet())
                .as("kinds of requests")
                .containsAll(inMemory.stream().map(RealCrashSweepTest::kind).toList());
        boolean part = requests.size() <= requests.lastKey();
        return numbers.values().stream()
                .flatMap(all -> chosen(all, part))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Integer> chosen(List<Integer> ofOneKind, boolean part) {
        int middle = ofOneKind.get(ofOneKind.size() / 2);
        if (WHOLE) {
            return ofOneKind.stream();
        }
        return part ? Stream.of(middle) : Stream.of(ofOneKind.getFirst(), middle, ofOneKind.getLast());
    }

    private static String kind(Call call) {
        boolean table =
                Exhibit.shapes().stream().anyMatch(shape -> shape.table().name().equals(call.on()));
        return (table ? "table: " : "object: ") + call.name();
    }

    @Override
    <T> List<T> ways(int moment, List<T> all) {
        return WHOLE ? all : List.of(all.get(moment % all.size()));
    }
}
