package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.store.Interceptor.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sweep on DynamoDB Local and S3Mock: the first, the middle and the last request of every kind, and of the ways to go
 * on the next in turn; with {@code -Dsweep=whole} every request and every way.
 */
final class RealCrashSweepTest extends CrashSweepContract {
    private static final boolean WHOLE = "whole".equals(System.getProperty("sweep"));

    private static final ThreadLocal<RealStores> STORES = ThreadLocal.withInitial(RealStores::new);

    @Override
    Site place(Site site) {
        var stores = STORES.get();
        stores.hold(site.held());
        return site.on(stores);
    }

    @Override
    Set<Integer> chosen(Action action, List<Call> requests) {
        var numbers = new TreeMap<String, List<Integer>>();
        IntStream.range(0, requests.size())
                .forEach(number -> numbers.computeIfAbsent(kind(requests.get(number)), _ -> new ArrayList<>())
                        .add(number));
        assertThat(numbers.keySet())
                .as("kinds of requests of %s", action)
                .containsAll(requestsInMemory(action).stream()
                        .map(RealCrashSweepTest::kind)
                        .toList());
        return numbers.values().stream()
                .flatMap(all ->
                        WHOLE ? all.stream() : List.of(all.getFirst(), all.get(all.size() / 2), all.getLast()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
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
