package dev.rekey.engine.migration;

import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.StoreException;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong, and when: each fault happens a given number of times, at the next requests that it fits. */
final class Faults implements Interceptor {
    private final List<Fault> faults = new ArrayList<>();
    private int requests;
    private int crashAfter = -1;

    /** The process dies. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;

        Crash() {
            super("the process dies here", null, false, false);
        }
    }

    private static final class Fault {
        private final boolean before;
        private final String name;
        private final String on;
        private final Runnable happening;
        private int skip;
        private int left;

        Fault(boolean before, String name, String on, int skip, int times, Runnable happening) {
            this.before = before;
            this.name = name;
            this.on = on;
            this.skip = skip;
            this.left = times;
            this.happening = happening;
        }

        boolean isDue(Call call, boolean isBefore) {
            if (isBefore != before
                    || left == 0
                    || !call.name().equals(name)
                    || !call.on().contains(on)) {
                return false;
            }
            if (skip > 0) {
                skip--;
                return false;
            }
            left--;
            return true;
        }
    }

    static Runnable crash() {
        return () -> {
            throw new Crash();
        };
    }

    /** The request is not done, or its answer is lost, as the fault comes before or after its effect. */
    static Runnable noAnswer() {
        return () -> {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "no answer");
        };
    }

    static Runnable throttled() {
        return () -> {
            throw new StoreException(StoreException.Kind.THROTTLED, "slow down");
        };
    }

    /** Before the next request {@code name} on something whose name holds {@code on} has any effect. */
    void before(String name, String on, Runnable happening) {
        before(name, on, 0, 1, happening);
    }

    void before(String name, String on, int skip, int times, Runnable happening) {
        faults.add(new Fault(true, name, on, skip, times, happening));
    }

    /** After that request took effect, before its answer is given. */
    void after(String name, String on, Runnable happening) {
        after(name, on, 0, 1, happening);
    }

    void after(String name, String on, int skip, int times, Runnable happening) {
        faults.add(new Fault(false, name, on, skip, times, happening));
    }

    /** The process dies after the request with this number, counted from now and from 0, took effect. */
    void crashAfter(int number) {
        requests = 0;
        crashAfter = number;
    }

    void crashNoMore() {
        crashAfter = -1;
    }

    /** How many faults are still to happen. */
    int left() {
        return faults.stream().mapToInt(fault -> fault.left).sum();
    }

    @Override
    public void before(Call call) {
        happen(call, true);
    }

    @Override
    public void after(Call call) {
        happen(call, false);
        if (requests++ == crashAfter) {
            throw new Crash();
        }
    }

    private void happen(Call call, boolean before) {
        List.copyOf(faults).stream().filter(fault -> fault.isDue(call, before)).forEach(fault -> fault.happening.run());
    }
}
