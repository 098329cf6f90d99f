package dev.rekey.engine.proof;

import dev.rekey.engine.store.Interceptor;
import java.util.Random;

/** What happens between two requests of a run: others write, and the process dies. */
final class Interrupted implements Interceptor {
    /** So that a few writes come into a run of some hundred requests. */
    private static final double WRITES = 1 / 90.0;

    private static final double DEATHS = 1 / 250.0;

    private final Random random;
    private final Runnable write;
    private boolean works;
    /** Requests that others make are no moments of the run's. */
    private boolean writing;

    private boolean mayDie;
    private boolean dead;

    /** @param write what others do */
    Interrupted(Random random, Runnable write) {
        this.random = random;
        this.write = write;
    }

    /** A process begins to work. */
    void begin(boolean disturbed, boolean dies) {
        works = disturbed;
        mayDie = dies;
        dead = false;
    }

    /** No process works. */
    void end() {
        works = false;
        mayDie = false;
        dead = false;
    }

    @Override
    public void before(Call call) {
        happen();
    }

    @Override
    public void after(Call call) {
        happen();
    }

    private void happen() {
        if (writing) {
            return;
        }
        if (works && random.nextDouble() < WRITES) {
            writing = true;
            write.run();
            writing = false;
        }
        dead = dead || (mayDie && random.nextDouble() < DEATHS);
        if (dead) {
            throw new Beside.Died();
        }
    }
}
