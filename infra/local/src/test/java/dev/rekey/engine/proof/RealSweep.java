package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.proof.Recording.Around;
import dev.rekey.engine.proof.Recording.Moment;
import dev.rekey.engine.proof.Recording.Request;
import dev.rekey.engine.proof.Sweep.Uninterrupted;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A DynamoDB Local and an S3Mock for a sweep, and what it tries there: the first, the middle and the last request of every
 * kind, of a part of an execution the middle one, and of the ways to go on the next in turn; with {@code -Dsweep=whole} every
 * request and every way.
 */
final class RealSweep implements Testbed, AutoCloseable {
    private static final boolean WHOLE = "whole".equals(System.getProperty("sweep"));

    private final Exhibit exhibit;
    private final Predicate<String> thorough;
    private final RunningStores running;
    private final ThreadLocal<RealStores> stores;

    /** @param thorough kinds of which more than the middle request is tried */
    RealSweep(Exhibit exhibit, Predicate<String> thorough, RunningStores running) {
        this.exhibit = exhibit;
        this.thorough = thorough;
        this.running = running;
        this.stores = ThreadLocal.withInitial(() -> new RealStores(exhibit, running.address()));
    }

    @Override
    public void close() {
        running.close();
    }

    @Override
    public Site place(Site site) {
        var own = stores.get();
        own.hold(site.held());
        return site.on(own);
    }

    @Override
    public SortedSet<Integer> chosen(SortedMap<Integer, Request> requests, SortedMap<Integer, Request> inMemory) {
        var numbers = byKind(exhibit, requests, inMemory);
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

    /** Requests by their kinds; every kind must be there that is there where the stores are in memory. */
    static SortedMap<String, List<Integer>> byKind(
            Exhibit exhibit, SortedMap<Integer, Request> requests, SortedMap<Integer, Request> inMemory) {
        var numbers = new TreeMap<String, List<Integer>>();
        requests.forEach((number, request) -> numbers.computeIfAbsent(kind(exhibit, request), _ -> new ArrayList<>())
                .add(number));
        assertThat(numbers.keySet())
                .as("kinds of requests")
                .containsAll(inMemory.values().stream()
                        .map(request -> kind(exhibit, request))
                        .toList());
        return numbers;
    }

    private static String kind(Exhibit exhibit, Request request) {
        var call = request.call();
        boolean table =
                exhibit.shapes().stream().anyMatch(shape -> shape.table().name().equals(call.on()));
        return (table ? "table: " : "object: ") + call.name();
    }

    @Override
    public List<Consumer<Moment>> ways(Uninterrupted one, int number, List<Around> around, List<Consumer<Moment>> all) {
        return WHOLE ? all : List.of(all.get(number % all.size()));
    }
}
