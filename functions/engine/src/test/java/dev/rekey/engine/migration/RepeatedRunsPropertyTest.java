package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.migration.BrokenRepetition.When;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.ForwardingTables;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
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
import java.util.function.Supplier;
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
    private static final String PLAN =
            Plans.of("A: { identity: { rule: keep }, onConflict: skip }", "B: { checks: { accept: [v] } }");

    private static long seeds() {
        return Long.getLong("seeds", SEEDS);
    }

    @Test
    void everyRunNamesWhatIsGoneAndEveryRollbackRestoresWhatIsLeft() {
        LongStream.range(0, seeds()).forEach(seed -> new Story(seed, Optional.empty()).play());
    }

    @ParameterizedTest
    @EnumSource
    void everyBrokenRuleIsFound(BrokenRepetition rule) {
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
        private final Optional<BrokenRepetition> broken;
        private final Set<String> meddling = new TreeSet<>();
        private final Set<String> meddled = new TreeSet<>();
        private Optional<When> moment = Optional.empty();
        private final Reverification verifications = new Reverification(world);
        private int starts;

        Story(long seed, Optional<BrokenRepetition> broken) {
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
            verifyOlder();
        }

        private void others(Map<String, String> side, String physical) {
            for (int i = 0; i < RepeatedRunsModel.RECORDS; i++) {
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
            boolean keeping = tenant.isEmpty() && !deleting && random.nextInt(3) == 0;
            var asked = deleting ? model.listed() : Set.<String>of();
            var start = new Start(world, "run-" + starts++)
                    .asking(RunOptions.within(scope).deletingGone(deleting).keepingGone(keeping));
            var ready = during(When.PREPARING, () -> start.ready(Action.MIGRATE, PLAN));
            var run = new Migration(world, PLAN, start, ready);
            run.validate();
            run.begin();
            model.run(tenant, keeping);
            run.copy(1);
            written.putAll(model.source);
            assertThat(during(When.JUDGING, () -> run.verify(1)).failures())
                    .as(name)
                    .isZero();
            if (!asked.isEmpty()) {
                delete(run, asked);
            }
            var report = run.report(RunOutcome.MIGRATED);
            assertThat(named(report, Verdict.GONE)).as(name + ", run " + starts).isEqualTo(model.named());
            assertThat(named(report, Verdict.DRIFTED))
                    .as(name + ", run " + starts)
                    .isEqualTo(model.namedAsChanged());
            runs.addLast(run);
        }

        /** What later runs keep is theirs to answer for, also where those before them are verified. */
        private void verifyOlder() {
            var all = List.copyOf(runs);
            for (int i = 0; i < model.olderThanListed(); i++) {
                var run = all.get(i);
                var report = during(When.JUDGING_AGAIN, () -> verifications.of(run, PLAN));
                var named = named(report, Verdict.GONE);
                named.addAll(named(report, Verdict.DRIFTED));
                named.retainAll(model.keptAfter(i));
                assertThat(named).as(name + ", again run " + run.run()).isEmpty();
            }
        }

        private static Set<String> named(RunReport report, Verdict verdict) {
            return report.verified().differences().stream()
                    .filter(one -> one.verdict() == verdict)
                    .map(one -> TypedJson.parse(one.record()).get("id").s())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** Does {@code what} while a rule may be broken. */
        private <T> T during(When when, Supplier<T> what) {
            moment = Optional.of(when);
            var result = what.get();
            moment = Optional.empty();
            return result;
        }

        /** The last level; at the last moment, records come back in the source, and others change what is to be deleted. */
        private void delete(Migration run, Set<String> asked) {
            for (var id : asked) {
                switch (random.nextInt(3)) {
                    case 0 -> put(model.source, "src-A", id, "t1 back");
                    case 1 -> meddling.add(id);
                    default -> {}
                }
            }
            var _ = during(When.DELETING, () -> {
                run.copy(2);
                return run;
            });
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
                var _ = rollBack(Optional.of("A"), drift);
                others(model.target, "dst-A");
                // The application writes itself what the run had written.
                for (int i = 0; i < RepeatedRunsModel.RECORDS; i++) {
                    var id = "r" + i;
                    if (written.containsKey(id) && random.nextInt(3) == 0) {
                        model.target.put(id, written.get(id));
                        put(model.target, "dst-A", id, written.get(id));
                    }
                }
            }
            var _ = during(When.JUDGING, () -> rollBack(Optional.empty(), Drift.KEEP));
            runs.removeLast();
            model.forget();
        }

        private RunReport rollBack(Optional<String> table, Drift drift) {
            world.time().sleep(Duration.ofSeconds(1));
            var start = new Start(world, "undo-" + starts++).undoing(new Undoing(table, false, drift, false));
            var ready = start.ready(Action.ROLLBACK, runs.getLast().run(), PLAN);
            var report = new Migration(world, PLAN, start, ready).rollback();
            model.rollBack(drift == Drift.OVERWRITE);
            return report;
        }

        private final class RacingTables extends ForwardingTables {
            RacingTables(Tables tables) {
                super(tables);
            }

            @Override
            public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
                meddle(key);
                if (!isBroken(BrokenRepetition.DELETED_WITHOUT_A_CONDITION)) {
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
                return isBroken(BrokenRepetition.BACK_IN_THE_SOURCE_IS_NOT_SEEN)
                                && table.name().equals("src-A")
                        ? new ReadAnswer(List.of(), List.of(), 0)
                        : super.read(table, keys);
            }
        }

        private boolean isBroken(BrokenRepetition rule) {
            return moment.filter(rule.when::equals).isPresent()
                    && broken.filter(rule::equals).isPresent();
        }

        private void breakRules() {
            world.replaceTables(new ForwardingTables(world.tables()) {
                @Override
                public ReadAnswer read(PhysicalTable table, List<Key> keys) {
                    var answer = super.read(table, keys);
                    return isBroken(BrokenRepetition.OTHERS_CHANGES_ARE_OURS)
                            ? new ReadAnswer(
                                    answer.items().stream()
                                            .map(Story.this::asWritten)
                                            .toList(),
                                    answer.unprocessed(),
                                    answer.units())
                            : answer;
                }
            });
            world.replaceObjects(new BrokenBucket(world.objects(), this::isBroken, model));
        }

        private Map<String, AttributeValue> asWritten(Map<String, AttributeValue> item) {
            var id = item.get("id").s();
            var content = model.source.containsKey(id) ? null : written.get(id);
            return content == null ? item : record("id", id, "v", content, "tenant", content.substring(0, 2));
        }
    }
}
