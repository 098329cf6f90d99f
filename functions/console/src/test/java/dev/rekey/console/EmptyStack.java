package dev.rekey.console;

import dev.rekey.engine.run.Caller;
import dev.rekey.engine.run.ExecutionArn;
import dev.rekey.engine.run.ExecutionName;
import dev.rekey.engine.run.Workflow;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A stack without a run, which notes what is started. */
final class EmptyStack implements Workflow {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    final Objects bucket = new InMemoryObjects();
    final List<String> started = new ArrayList<>();
    final Behind behind;

    EmptyStack() {
        var time = new Still();
        var random = new Random(1);
        behind = new Behind(
                new Behind.About("1.2.3", "test", "bucket", "token", " --local"),
                () -> new Documents(bucket, new Backoff(time, random, NOW)),
                this,
                _ -> true,
                () -> new Caller("jane", "console", "1.2.3"),
                time,
                random);
    }

    @Override
    public Started start(ExecutionName name, String input) {
        started.add(name + " " + input);
        return new Started(new ExecutionArn("arn:aws:states:x:" + name), NOW);
    }

    @Override
    public Seen describe(ExecutionArn execution) {
        throw new AssertionError("there is no execution " + execution);
    }

    private static final class Still implements Time {
        @Override
        public Instant instant() {
            return NOW;
        }

        @Override
        public void sleep(Duration duration) {
            throw new AssertionError("nothing is waited for");
        }
    }
}
