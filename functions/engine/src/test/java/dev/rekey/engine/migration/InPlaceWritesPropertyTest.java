package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.store.Interceptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An application writes at any moment, workers die and answers are lost, while records are changed in place and taken back:
 * in the end the table is what the application alone would have made of it, but for records that are listed as drift, which
 * the application has touched.
 */
final class InPlaceWritesPropertyTest {
    private static final int SEEDS = 400;
    private static final int RECORDS = 6;
    private static final String PLAN = InPlaceTable.OVERWRITING.replace("A: {", "A: { onDrift: report,");

    @Test
    void nobodysWorkIsLost() {
        int drift = 0;
        int changed = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var story = new Story(seed);
            try {
                story.tell();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + story.told, e);
            }
            drift += story.drift().size();
            changed += story.told.size();
        }
        // Otherwise nothing was tried.
        assertThat(drift).isGreaterThan(SEEDS / 10);
        assertThat(changed).isGreaterThan(SEEDS);
    }

    private static final class Story {
        private final Random random;
        private final World world = new World();
        private final InPlaceTable table = InPlaceTable.create(world, RECORDS);
        /** What the application alone would have made of the table. */
        private final Map<Integer, Map<String, AttributeValue>> alone = new HashMap<>();

        private final Map<Integer, List<Map<String, AttributeValue>>> copies = new HashMap<>();
        private final Set<Integer> meddledWith = new HashSet<>();
        private final List<String> told = new ArrayList<>();

        Story(int seed) {
            random = new Random(seed);
            IntStream.range(0, RECORDS).forEach(i -> {
                alone.put(i, InPlaceTable.asBefore(i));
                copies.put(i, new ArrayList<>(List.of(InPlaceTable.asBefore(i))));
            });
        }

        void tell() {
            var migration = Migration.begun(world, PLAN);
            world.pageLimit(1 + random.nextInt(RECORDS));
            var trouble = new Trouble();
            world.memory().intercept(trouble);
            world.objects().intercept(trouble);
            untilDone(() -> migration.copyInvocation("A"));
            trouble.quiet = true;
            assertThat(migration.verify(1).failures()).isZero();
            migration.fence();
            trouble.quiet = false;
            untilDone(() -> migration.undoInvocation("A"));
            trouble.quiet = true;
            var listed = drift();
            for (int i = 0; i < RECORDS; i++) {
                if (!listed.contains(i)) {
                    assertThat(table.item(i)).as("r" + i).isEqualTo(alone.getOrDefault(i, Map.of()));
                }
            }
            assertThat(meddledWith).containsAll(listed);
        }

        private void untilDone(Supplier<SegmentOutcome> invocation) {
            while (true) {
                try {
                    if (invocation.get() instanceof SegmentOutcome.Done) {
                        return;
                    }
                } catch (Faults.Crash _) {
                    told.add("death");
                    world.pageLimit(1 + random.nextInt(RECORDS));
                }
                world.waitForLeases();
            }
        }

        Set<Integer> drift() {
            var lists = world.objects().contents().entrySet().stream()
                    .filter(entry -> entry.getKey().contains("/drift/"))
                    .map(entry -> new String(entry.getValue(), UTF_8))
                    .collect(Collectors.joining());
            return IntStream.range(0, RECORDS)
                    .filter(i -> lists.contains("r" + i + "\\\""))
                    .boxed()
                    .collect(Collectors.toSet());
        }

        private void applicationWrites() {
            int i = random.nextInt(RECORDS);
            int what = random.nextInt(10);
            told.add("r" + i + " " + what);
            var value = "theirs " + told.size();
            if (!alone.containsKey(i)) {
                put(i, record("id", "r" + i, "x", value, "z", value));
                return;
            }
            switch (what) {
                case 0, 1, 2 -> set(i, "x", value);
                case 3, 4 -> set(i, "other", value);
                case 5 -> set(i, "y", value);
                case 6 -> set(i, "z", value);
                case 7, 8 ->
                    put(i, copies.get(i).get(random.nextInt(copies.get(i).size())));
                default -> {
                    meddledWith.add(i);
                    alone.remove(i);
                    copies.get(i).clear();
                    table.delete(i);
                }
            }
        }

        private void set(int i, String attribute, String value) {
            if (!attribute.equals("other") && !attribute.equals("x")) {
                meddledWith.add(i);
            }
            var mine = new HashMap<>(alone.get(i));
            mine.put(attribute, AttributeValue.fromS(value));
            alone.put(i, mine);
            copies.get(i).add(mine);
            table.set(i, attribute, value);
        }

        private void put(int i, Map<String, AttributeValue> item) {
            meddledWith.add(i);
            alone.put(i, item);
            copies.get(i).add(item);
            table.put(item);
        }

        /** What happens at requests. */
        private final class Trouble implements Interceptor {
            private boolean quiet;
            private boolean within;

            @Override
            public void before(Call call) {
                happen(call);
            }

            @Override
            public void after(Call call) {
                happen(call);
            }

            private void happen(Call call) {
                // The application's own requests have no trouble.
                if (quiet || within) {
                    return;
                }
                within = true;
                try {
                    if (random.nextInt(8) == 0) {
                        applicationWrites();
                    }
                } finally {
                    within = false;
                }
                switch (random.nextInt(60)) {
                    case 0 -> Faults.crash().run();
                    case 1, 2 -> lose(call);
                    default -> {}
                }
            }

            private void lose(Call call) {
                if (call.name().equals("update")) {
                    told.add("lost");
                    Faults.noAnswer().run();
                }
            }
        }
    }
}
