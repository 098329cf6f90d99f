package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * From the n-th request to a table on, for every n, all requests to tables are denied: nothing is taken back, and once they
 * are allowed again, the run goes on as if nothing had happened.
 */
final class DeniedSweepTest {
    static List<Exhibit> exhibits() {
        return List.of(new CopyExhibit(), new InPlaceExhibit());
    }

    /** Counts the requests to tables, and denies them from one on. */
    private static final class Denial implements Interceptor {
        private final int first;
        private final AtomicInteger requests = new AtomicInteger();

        private Denial(int first) {
            this.first = first;
        }

        @Override
        public void before(Call call) {
            if (!isToBucket(call) && requests.getAndIncrement() >= first) {
                throw new StoreException(StoreException.Kind.DENIED, "No right to " + call.name() + " " + call.on());
            }
        }

        @Override
        public void after(Call call) {}

        private static boolean isToBucket(Call call) {
            return call.on().contains("/");
        }
    }

    /** @param tables everything in the tables */
    private record Ending(Result result, String tables) {}

    private record Sweep(Exhibit exhibit) {
        Start start(Site site, Action action, String name, Optional<Start> of) {
            return new Start(exhibit.plan(), action, name, site.now(), of.map(Start::run));
        }

        Execution run(Site site, Start start) {
            var execution = new Execution(start, site);
            execution.run();
            site.sleep(Duration.ofSeconds(1));
            return execution;
        }

        void deniedFrom(int request, Site site, Action action, Optional<Start> of, Ending wanted) {
            var before = site.copy();
            site.intercept(new Denial(request));
            var start = start(site, action, "denied", of);
            var denied = run(site, start);
            site.intercept(Interceptor.none());
            if (denied.result() == Result.REFUSED) {
                assertThat(site.dump()).isEqualTo(before.dump());
                assertThat(site.locks()).isEqualTo(before.locks());
                return;
            }
            assertThat(denied.result()).as("denied from request %d on", request).isEqualTo(Result.INCOMPLETE);
            assertThat(site.locks()).contains(start.run().value());
            var resumed = run(site, start(site, Action.RESUME, "granted", Optional.of(start)));
            assertThat(resumed.result())
                    .as("denied from request %d on", request)
                    .isEqualTo(wanted.result());
            assertThat(site.dump()).isEqualTo(wanted.tables());
            assertThat(site.locks()).doesNotContain(start.run().value());
        }

        /** For every request to a table. */
        void everywhere(Site before, Action action, Optional<Start> of, Result done) {
            var counting = new Denial(Integer.MAX_VALUE);
            var site = before.copy();
            site.intercept(counting);
            assertThat(run(site, start(site, action, "denied", of)).result()).isEqualTo(done);
            var wanted = new Ending(done, site.dump());
            assertThat(counting.requests.get()).isGreaterThan(10);
            IntStream.range(0, counting.requests.get())
                    .parallel()
                    .forEach(request -> deniedFrom(request, before.copy(), action, of, wanted));
        }
    }

    @ParameterizedTest
    @MethodSource("exhibits")
    void aMigrationGoesOnWhereItWas(Exhibit exhibit) {
        new Sweep(exhibit).everywhere(new Site(exhibit.tables()), Action.MIGRATE, Optional.empty(), Result.MIGRATED);
    }

    @ParameterizedTest
    @MethodSource("exhibits")
    void aRollbackGoesOnWhereItWas(Exhibit exhibit) {
        var sweep = new Sweep(exhibit);
        var site = new Site(exhibit.tables());
        var migration = sweep.start(site, Action.MIGRATE, "first", Optional.empty());
        assertThat(sweep.run(site, migration).result()).isEqualTo(Result.MIGRATED);
        sweep.everywhere(site.copy(), Action.ROLLBACK, Optional.of(migration), Result.ROLLED_BACK);
    }
}
