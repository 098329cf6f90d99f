package dev.rekey.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Fingerprint;
import dev.rekey.core.plan.PlanName;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is appended, how often, and by whom at the same time. */
final class LedgerTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-140c1f12");
    private static final RunId OTHER_TASK = new RunId("20260103T030405678Z-0a0b0c0d");

    private final InMemoryObjects objects = new InMemoryObjects();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    private final Time time = new Time() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            now = now.plus(duration);
        }
    };
    private final Documents documents =
            new Documents(objects, new Backoff(time, new Random(1), now.plus(Duration.ofHours(1))));

    private Ledger.Head append(RunId task, Decision decision) {
        now = now.plusSeconds(1);
        return new Ledger(documents, RUN, time).append(Optional.of(task), decision);
    }

    private static Decision level(int number) {
        return new Decision.LevelVerified(number, 0, Map.of());
    }

    private List<LedgerEntry> entries() {
        return Stored.all(documents, RUN).stream()
                .map(stored -> stored.entry().orElseThrow())
                .toList();
    }

    private void assertWhole(int entries) {
        assertThat(LedgerCheck.check(documents, RUN)).isEqualTo(new LedgerCheck.CheckOutcome.Whole(entries, 0));
    }

    @Test
    void everyEntryCarriesTheHashOfTheOneBefore() {
        var started = new Decision.Started(
                "migrate", "arn:x", new PlanName("p"), new Fingerprint("0".repeat(64)), Map.of(), "analyze", 1);
        var first = append(RUN, started);
        var second = append(RUN, level(1));

        assertThat(objects.contents().keySet())
                .containsExactly("ledger/" + RUN + "/00000001.json", "ledger/" + RUN + "/00000002.json");
        assertThat(entries()).extracting(LedgerEntry::sequence).containsExactly(1, 2);
        assertThat(entries()).extracting(LedgerEntry::previous).containsExactly("0".repeat(64), first.hash());
        assertThat(entries().getFirst().decision()).isEqualTo(started);
        assertThat(second).isEqualTo(new Ledger.Head(2, second.hash()));
        assertWhole(2);
    }

    @Test
    void whatAnExecutionDecidedIsSaidOnceThoughOthersSpokeSince() {
        var said = append(RUN, level(1));
        append(RUN, level(2));
        append(OTHER_TASK, level(1));

        assertThat(append(RUN, level(1))).isEqualTo(said);
        assertThat(entries()).hasSize(3);
        assertWhole(3);
    }

    @Test
    void aPersonsDecisionsAreToldApartByTheirTime() {
        var ledger = new Ledger(documents, RUN, time);
        ledger.append(Optional.empty(), new Decision.Paused(now));
        ledger.append(Optional.empty(), new Decision.Paused(now));
        ledger.append(Optional.empty(), new Decision.Paused(now.plusSeconds(1)));

        assertThat(entries()).hasSize(2);
        assertThat(entries()).allMatch(entry -> entry.task().isEmpty());
    }

    /** Another comes in at every one of the requests. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void twoThatAppendAtOnceBothFindTheirPlace(int request) {
        append(RUN, level(1));
        objects.intercept(new AtRequest(request, call -> {
            objects.intercept(Interceptor.none());
            append(OTHER_TASK, level(7));
        }));

        append(RUN, level(2));

        objects.intercept(Interceptor.none());
        if (request < 3) {
            assertThat(entries()).hasSize(3);
        }
        assertThat(entries())
                .filteredOn(entry -> entry.decides(Optional.of(RUN), level(2)))
                .hasSize(1);
        assertWhole(entries().size());
    }

    /** The same function, once more while its first attempt is still at work. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void anOverlappingRetryMakesNoSecondEntry(int request) {
        append(RUN, level(1));
        objects.intercept(new AtRequest(request, call -> {
            objects.intercept(Interceptor.none());
            append(RUN, level(2));
        }));

        append(RUN, level(2));

        objects.intercept(Interceptor.none());
        assertThat(entries()).hasSize(2);
        assertWhole(2);
    }

    @Test
    void aProcessThatDiesBeforeOrAfterAnyRequestLeavesAWholeChain() {
        IntStream.range(0, 3)
                .forEach(request -> List.of(true, false).forEach(before -> {
                    int entries = objects.contents().size();
                    objects.intercept(dying(request, before));
                    try {
                        append(RUN, level(request * 2 + (before ? 0 : 1)));
                    } catch (Dead expected) {
                        // The workflow tries the function again.
                    }
                    objects.intercept(Interceptor.none());
                    append(RUN, level(request * 2 + (before ? 0 : 1)));
                    assertThat(entries()).hasSize(entries + 1);
                    assertWhole(entries + 1);
                }));
    }

    @Test
    void anAnswerThatWasLostMakesNoSecondEntry() {
        append(RUN, level(1));
        objects.intercept(new Interceptor() {
            private boolean lost;

            @Override
            public void before(Call call) {}

            @Override
            public void after(Call call) {
                if (call.name().equals("create") && !lost) {
                    lost = true;
                    throw new StoreException(StoreException.Kind.UNAVAILABLE, "no answer");
                }
            }
        });
        append(RUN, level(2));
        assertThat(entries()).hasSize(2);
        assertWhole(2);
    }

    @Test
    void whatSomebodyDidToTheLedgerKeepsNoRunFromGoingOn() {
        append(RUN, level(1));
        append(RUN, level(2));
        documents.putBytes(Stored.key(RUN, 2), new byte[] {'x'});
        documents.delete(Stored.key(RUN, 1));

        assertThat(append(RUN, level(3)).entries()).isEqualTo(3);
        assertThat(LedgerCheck.check(documents, RUN)).isInstanceOf(LedgerCheck.CheckOutcome.Broken.class);
    }

    /** Does something before the request with this number, from 0. */
    private static final class AtRequest implements Interceptor {
        private final Consumer<Call> happening;
        private int left;

        AtRequest(int number, Consumer<Call> happening) {
            this.left = number;
            this.happening = happening;
        }

        @Override
        public void before(Call call) {
            if (left-- == 0) {
                happening.accept(call);
            }
        }

        @Override
        public void after(Call call) {}
    }

    private static final class Dead extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Interceptor dying(int request, boolean before) {
        return new Interceptor() {
            private int seen;

            @Override
            public void before(Call call) {
                if (before && seen++ == request) {
                    throw new Dead();
                }
            }

            @Override
            public void after(Call call) {
                if (!before && seen++ == request) {
                    throw new Dead();
                }
            }
        };
    }
}
