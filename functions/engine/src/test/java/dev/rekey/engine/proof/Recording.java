package dev.rekey.engine.proof;

import dev.rekey.engine.store.Interceptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An execution that nothing stopped, and the site as it was before and after each of its requests. Requests that change
 * nothing leave the site as it was: whoever dies there leaves the same behind.
 */
final class Recording implements Interceptor {
    private static final Set<String> WRITES = Set.of("create", "replace", "delete", "put", "putAll");

    private final Site site;
    private final List<Request> requests = new ArrayList<>();
    private final Map<Moment, List<String>> moments = new java.util.LinkedHashMap<>();
    private final Map<Progress, Entered> states = new HashMap<>();
    private Progress progress = Progress.beginning();
    private Site now;

    /** A site at which an execution may die, having come so far. */
    record Moment(Site site, Progress progress) {}

    /** A state that the execution came to, as the site was then, and the number of requests before. */
    record Entered(Site site, int requests) {}

    /**
     * One request.
     *
     * @param inState its number among those of its state, from 0
     */
    record Request(Call call, Progress state, int inState) {
        @Override
        public String toString() {
            return call.name() + " " + call.on() + " in " + state.state() + " of level " + state.level();
        }
    }

    private Recording(Site site) {
        this.site = site;
        this.now = site.copy();
    }

    /** Runs {@code execution}, which belongs to {@code site}. */
    static Recording of(Site site, Execution execution) {
        var recording = new Recording(site);
        site.intercept(recording);
        site.onEntered(recording::enter);
        execution.run();
        recording.enter(recording.progress.at(Progress.State.ENDED));
        site.intercept(Interceptor.none());
        site.onEntered(_ -> {});
        return recording;
    }

    private void enter(Progress next) {
        progress = next;
        states.put(next, new Entered(site.copy(), requests.size()));
    }

    @Override
    public void before(Call call) {
        int inState = requests.size() - states.get(progress).requests();
        requests.add(new Request(call, progress, inState));
        moment("before");
    }

    @Override
    public void after(Call call) {
        if (WRITES.contains(call.name())) {
            now = site.copy();
        }
        moment("after");
    }

    private void moment(String when) {
        moments.computeIfAbsent(new Moment(now, progress), moment -> new ArrayList<>())
                .add(when + " request " + (requests.size() - 1) + ", " + requests.getLast());
    }

    /** All requests, in their order. */
    List<Request> requests() {
        return requests;
    }

    /** All moments that differ in what the process leaves behind, and between which requests each of them lies. */
    Map<Moment, List<String>> moments() {
        return moments;
    }

    Entered state(Progress entered) {
        return states.get(entered);
    }
}
