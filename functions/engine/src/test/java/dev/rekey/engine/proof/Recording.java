package dev.rekey.engine.proof;

import dev.rekey.engine.store.Interceptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * An execution that nothing stopped, and the site as it was before and after each of its requests. Requests that change
 * nothing leave the site as it was: whoever dies there leaves the same behind.
 */
final class Recording implements Interceptor {
    private static final Set<String> WRITES =
            Set.of("create", "replace", "delete", "put", "putAll", "deleteAll", "update");

    private final Site site;
    private final IntPredicate chosen;
    private final List<Request> requests = new ArrayList<>();
    private final Map<Moment, List<Around>> moments = new LinkedHashMap<>();
    private final Map<Progress, Site> states = new LinkedHashMap<>();
    private final Numbers numbers = new Numbers();
    private Site now;
    private boolean changed;

    /**
     * A site at which an execution may die, having come so far.
     *
     * @param watcher is told the places where others go on
     */
    record Moment(Site site, Progress progress, Optional<Consumer<Site>> watcher) {
        Moment(Site site, Progress progress) {
            this(site, progress, Optional.empty());
        }

        Moment watchedBy(Consumer<Site> by) {
            return new Moment(site, progress, Optional.of(by));
        }
    }

    /**
     * One request.
     *
     * @param inState its number among those of its state that are alike, from 0
     * @param aside whether it is none of the execution's workers
     */
    record Request(Call call, Progress state, int inState, boolean aside) {
        /** The first such request of the state, on something else. */
        Request like(String on) {
            return new Request(new Call(call.name(), on), state, 0, aside);
        }

        @Override
        public String toString() {
            return call.name() + " " + call.on() + " in " + state.state() + " of level " + state.level();
        }
    }

    /**
     * Where a moment lies.
     *
     * @param number of the request
     * @param done whether it lies after it
     */
    record Around(int number, Request request, boolean done) {
        @Override
        public String toString() {
            return (done ? "after" : "before") + " request " + number + ", " + request;
        }
    }

    private Recording(Site site, IntPredicate chosen) {
        this.site = site;
        this.chosen = chosen;
        this.now = site.copy();
    }

    /**
     * Runs {@code execution}, which belongs to {@code site}.
     *
     * @param chosen of which requests there shall be moments, by their numbers, from 0
     */
    static Recording of(Site site, Execution execution, IntPredicate chosen) {
        var recording = new Recording(site, chosen);
        site.intercept(recording);
        site.onEntered(recording::enter);
        execution.run();
        site.entered(recording.numbers.at().at(Progress.State.ENDED));
        site.intercept(Interceptor.none());
        site.onEntered(_ -> {});
        return recording;
    }

    static boolean isWrite(Call call) {
        return WRITES.contains(call.name());
    }

    private void enter(Progress next) {
        numbers.entered(next);
        states.put(next, site.copy());
    }

    @Override
    public void before(Call call) {
        requests.add(numbers.next(call, site.isAside()));
        moment(false);
    }

    @Override
    public void after(Call call) {
        if (isWrite(call)) {
            changed = true;
        }
        moment(true);
    }

    private void moment(boolean done) {
        int number = requests.size() - 1;
        if (!chosen.test(number)) {
            return;
        }
        if (changed) {
            now = site.copy();
            changed = false;
        }
        moments.computeIfAbsent(new Moment(now, numbers.at()), moment -> new ArrayList<>())
                .add(new Around(number, requests.getLast(), done));
    }

    /** All requests, in their order. */
    List<Request> requests() {
        return requests;
    }

    /** All moments around chosen requests that differ in what the process leaves behind, and between which requests each of them lies. */
    Map<Moment, List<Around>> moments() {
        return moments;
    }

    /** The site as it was when the execution came to each of its states. */
    Map<Progress, Site> states() {
        return states;
    }

    /** The site as it was when the execution came to a state. */
    Site state(Progress entered) {
        return states.get(entered);
    }

    /** The state that the execution came to when it had done all of another, of its level; with the site as it was then. */
    Optional<Map.Entry<Progress, Site>> after(Progress state) {
        return states.entrySet().stream()
                .dropWhile(one -> !isSame(one.getKey(), state))
                .dropWhile(one -> isSame(one.getKey(), state))
                .findFirst();
    }

    /** The site as it was when the execution had ended. */
    Site end() {
        return states.get(numbers.at());
    }

    /** Whether two executions have come equally far. */
    static boolean isSame(Progress one, Progress other) {
        return one.state() == other.state() && one.level() == other.level();
    }
}
