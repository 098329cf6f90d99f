package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.proof.Passing;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.ForwardingTables;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A plan runs again and again, of all tenants or of one, while others change and delete records on both sides between the runs,
 * and runs are rolled back, at once or a part first. {@link RepeatedRunsModel} says what each run names as gone, and what the target holds.
 */
final class RepeatedRunsPropertyTest {
    private static final int SEEDS = 60;
    private static final int ROUNDS = 7;
    private static final int RECORDS = 6;
    private static final String PLAN =
            Plans.of("A: { identity: { rule: keep }, onConflict: skip }", "B: { checks: { accept: [v] } }");

    /** A rule that is broken. */
    private enum Broken {
        /** What others have changed counts as what a run wrote. */
        OTHERS_CHANGES_ARE_OURS,
        /** What the scope leaves out counts as not in the source. */
        LEFT_OUT_IS_GONE,
        /** What earlier runs wrote is forgotten. */
        EARLIER_RUNS_ARE_FORGOTTEN,
        /** A verification names nothing as gone. */
        GONE_IS_NOT_NAMED,
        /** A part that overwrote drift is forgotten by the rollback of the whole run. */
        OVERWRITING_PARTS_ARE_FORGOTTEN,
        /** What is to be deleted is deleted whatever stands there by then. */
        DELETED_WITHOUT_A_CONDITION(true),
        /** The source is not asked once more before a record is deleted. */
        BACK_IN_THE_SOURCE_IS_NOT_SEEN(true),
        /** What is deleted is not in the log. */
        DELETED_WITHOUT_A_LOG(true);

        /** Whether it is broken while records are deleted; otherwise while runs verify and roll back. */
        private final boolean ofDeleting;

        Broken(boolean ofDeleting) {
            this.ofDeleting = ofDeleting;
        }

        Broken() {
            this(false);
        }
    }

    private static long seeds() {
        return Long.getLong("seeds", SEEDS);
    }

    @Test
    void everyRunNamesWhatIsGoneAndEveryRollbackRestoresWhatIsLeft() {
        LongStream.range(0, seeds()).forEach(seed -> new Story(seed, Optional.empty()).play());
    }

    @ParameterizedTest
    @EnumSource(Broken.class)
    void everyBrokenRuleIsFound(Broken rule) {
        assertThatThrownBy(() -> LongStream.range(0, SEEDS).forEach(seed -> new Story(seed, Optional.of(rule)).play()))
                // Of a log that is not whole, the engine itself says so.
                .isInstanceOfAny(AssertionError.class, StoreException.class);
    }

    /** One seed. */
    private static final class Story {
        private final World world = new World();
        private final RepeatedRunsModel model = new RepeatedRunsModel();
        private final Deque<Migration> runs = new ArrayDeque<>();
        /** What runs wrote last, whether it stands there or not. */
        private final Map<String, String> written = new HashMap<>();

        private final Random random;
        private final String name;
        private final Optional<Broken> broken;
        private final Set<String> meddling = new TreeSet<>();
        private final Set<String> meddled = new TreeSet<>();
        private boolean breaking;
        private int starts;

        Story(long seed, Optional<Broken> broken) {
            this.random = new Random(seed * 31 + 7);
            this.name = "seed " + seed;
            this.broken = broken;
            world.create("A", KeyType.S);
            world.create("B", KeyType.S);
            world.pageLimit(1 + random.nextInt(4));
            world.load("dst-A", record("id", "stranger", "v", "t1 there before"));
            model.target.put("stranger", "t1 there before");
            world.load("src-B", record("id", "b", "v", "t1"));
            world.replaceTables(new RacingTables(world.tables()));
            broken.ifPresent(_ -> breakRules());
        }

        void play() {
            for (int round = 0; round < ROUNDS; round++) {
                others(model.source, "src-A");
                others(model.target, "dst-A");
                if (model.hasRuns() && random.nextInt(4) == 0) {
                    rollBack();
                } else {
                    migrate();
                }
                assertThat(stored("dst-A")).as(name + ", round " + round).isEqualTo(model.target);
            }
        }

        private void others(Map<String, String> side, String physical) {
            for (int i = 0; i < RECORDS; i++) {
                var id = "r" + i;
                switch (random.nextInt(6)) {
                    case 0 -> remove(side, physical, id);
                    case 1 -> put(side, physical, id, "t" + (1 + random.nextInt(2)) + " " + random.nextInt(3));
                    default -> {}
                }
            }
        }

        private void put(Map<String, String> side, String physical, String id, String content) {
            // Others create nothing in the target that would look like ours.
            if (side != model.target || side.containsKey(id)) {
                side.put(id, content);
                world.load(physical, record("id", id, "v", content, "tenant", content.substring(0, 2)));
            }
        }

        private void remove(Map<String, String> side, String physical, String id) {
            if (side.remove(id) != null) {
                world.items(physical).stream()
                        .filter(item -> item.get("id").s().equals(id))
                        .toList()
                        .forEach(item -> world.delete(physical, item));
            }
        }

        private Map<String, String> stored(String physical) {
            return world.items(physical).stream()
                    .collect(Collectors.toMap(
                            item -> item.get("id").s(), item -> item.get("v").s(), (one, _) -> one, TreeMap::new));
        }

        private void migrate() {
            var tenant = Optional.of("t" + (1 + random.nextInt(2)))
                    .filter(one -> random.nextBoolean()
                            && model.source.values().stream().anyMatch(content -> content.startsWith(one)));
            var scope = tenant.map(one -> new Scope(List.of(), Map.of("tenant", one)))
                    .orElse(Scope.ALL);
            world.time().sleep(Duration.ofSeconds(1));
            boolean deleting = tenant.isEmpty() && random.nextBoolean();
            var asked = deleting ? model.listed() : Set.<String>of();
            var start = new Start(world, "run-" + starts++)
                    .asking(new RunOptions(
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    false,
                                    Optional.empty(),
                                    scope)
                            .deletingGone(deleting));
            var run = new Migration(world, PLAN, start, start.ready(Action.MIGRATE, PLAN));
            run.validate();
            run.begin();
            var gone = model.run(tenant);
            run.copy(1);
            written.putAll(model.source);
            breaking = broken.filter(rule -> !rule.ofDeleting).isPresent();
            var result = run.verify(1);
            breaking = false;
            assertThat(result.failures()).as(name).isZero();
            if (!asked.isEmpty()) {
                delete(run, asked);
            }
            var report = run.report(RunOutcome.MIGRATED);
            assertThat(report.verified().differences().stream()
                            .filter(one -> one.verdict() == Verdict.GONE)
                            .map(Difference::record))
                    .as(name + ", run " + starts)
                    .containsExactlyInAnyOrderElementsOf(gone.stream()
                            .map(id -> "{\"id\":{\"S\":\"" + id + "\"}}")
                            .toList());
            runs.addLast(run);
        }

        /** The last level; at the last moment, records come back in the source, and others change what is to be deleted. */
        private void delete(Migration run, Set<String> asked) {
            for (var id : asked) {
                switch (random.nextInt(4)) {
                    case 0 -> put(model.source, "src-A", id, "t1 back");
                    case 1 -> meddling.add(id);
                    default -> {}
                }
            }
            breaking = broken.filter(rule -> rule.ofDeleting).isPresent();
            run.copy(2);
            breaking = false;
            for (var id : asked) {
                boolean gone = model.isListed(id) && !model.source.containsKey(id);
                if (meddled.remove(id)) {
                    model.leave(id);
                } else if (gone) {
                    model.delete(id);
                } else if (model.source.containsKey(id)) {
                    model.leave(id);
                }
            }
            meddling.clear();
            assertThat(run.verify(2).failures()).as(name).isZero();
        }

        /** Others change a record between the moment that it is read and the moment that it is deleted. */
        private void meddle(Key key) {
            var id = key.attributes().get("id").s();
            if (meddling.remove(id)) {
                meddled.add(id);
                put(model.target, "dst-A", id, "t1 theirs");
            }
        }

        private void rollBack() {
            if (random.nextBoolean()) {
                var drift = random.nextBoolean() ? Drift.OVERWRITE : Drift.KEEP;
                rollBack(Optional.of("A"), drift);
                others(model.target, "dst-A");
                // The application writes itself what the run had written.
                for (int i = 0; i < RECORDS; i++) {
                    var id = "r" + i;
                    if (written.containsKey(id) && random.nextInt(3) == 0) {
                        model.target.put(id, written.get(id));
                        put(model.target, "dst-A", id, written.get(id));
                    }
                }
            }
            breaking = broken.filter(rule -> !rule.ofDeleting).isPresent();
            rollBack(Optional.empty(), Drift.KEEP);
            breaking = false;
            runs.removeLast();
            model.forget();
        }

        private void rollBack(Optional<String> table, Drift drift) {
            world.time().sleep(Duration.ofSeconds(1));
            var start = new Start(world, "undo-" + starts++).undoing(new Undoing(table, false, drift, false));
            new Migration(
                            world,
                            PLAN,
                            start,
                            start.ready(Action.ROLLBACK, runs.getLast().run(), PLAN))
                    .rollback();
            model.rollBack(drift == Drift.OVERWRITE);
        }

        private final class RacingTables extends ForwardingTables {
            RacingTables(Tables tables) {
                super(tables);
            }

            @Override
            public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
                meddle(key);
                if (!isBroken(Broken.DELETED_WITHOUT_A_CONDITION)) {
                    return super.delete(table, key, expected);
                }
                // Who asks for no condition looks at no old image either.
                return super.delete(table, key, now(table, key)) instanceof WriteOutcome.Done done
                        ? new WriteOutcome.Done(Optional.empty(), done.units())
                        : new WriteOutcome.Throttled("changed by somebody");
            }

            private Expected now(PhysicalTable table, Key key) {
                return super.read(table, List.of(key)).items().stream()
                        .findFirst()
                        .<Expected>map(Expected.Attributes::new)
                        .orElseGet(Expected.Absent::new);
            }

            @Override
            public ReadAnswer read(PhysicalTable table, List<Key> keys) {
                return isBroken(Broken.BACK_IN_THE_SOURCE_IS_NOT_SEEN)
                                && table.name().equals("src-A")
                        ? new ReadAnswer(List.of(), List.of(), 0)
                        : super.read(table, keys);
            }
        }

        private boolean isBroken(Broken rule) {
            return breaking && broken.filter(rule::equals).isPresent();
        }

        private void breakRules() {
            world.replaceTables(new ForwardingTables(world.tables()) {
                @Override
                public ReadAnswer read(PhysicalTable table, List<Key> keys) {
                    var answer = super.read(table, keys);
                    return isBroken(Broken.OTHERS_CHANGES_ARE_OURS)
                            ? new ReadAnswer(
                                    answer.items().stream()
                                            .map(Story.this::asWritten)
                                            .toList(),
                                    answer.unprocessed(),
                                    answer.units())
                            : answer;
                }
            });
            world.replaceObjects(new BrokenBucket(world.objects()));
        }

        private Map<String, AttributeValue> asWritten(Map<String, AttributeValue> item) {
            var id = item.get("id").s();
            var content = model.source.containsKey(id) ? null : written.get(id);
            return content == null ? item : record("id", id, "v", content, "tenant", content.substring(0, 2));
        }

        /** Forgets some objects. */
        private final class BrokenBucket extends Passing {
            BrokenBucket(Objects objects) {
                super(objects);
            }

            @Override
            public Optional<Stored> get(ObjectKey key) {
                boolean forgotten = (isBroken(Broken.EARLIER_RUNS_ARE_FORGOTTEN)
                                && key.name().contains("/written/"))
                        || (isBroken(Broken.OVERWRITING_PARTS_ARE_FORGOTTEN)
                                && key.name().contains("/checkpoints/rollback-overwrite"));
                return forgotten ? Optional.empty() : super.get(key);
            }

            @Override
            public PutOutcome create(ObjectKey key, byte[] content) {
                boolean lost =
                        isBroken(Broken.DELETED_WITHOUT_A_LOG) && key.name().contains("/log/A~gone/");
                return lost ? new PutOutcome.Done(new Version("none")) : super.create(key, content);
            }

            @Override
            public void put(ObjectKey key, byte[] content) {
                boolean spilled =
                        isBroken(Broken.LEFT_OUT_IS_GONE) && key.name().contains("/joins/");
                boolean named = isBroken(Broken.GONE_IS_NOT_NAMED) && key.name().contains("/differences/");
                super.put(
                        key,
                        spilled
                                ? SpilledLines.without("LEFT_OUT", content)
                                : named ? SpilledLines.without("\"gone\"", content) : content);
            }
        }
    }
}
