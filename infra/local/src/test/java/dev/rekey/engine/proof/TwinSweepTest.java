package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.engine.proof.TwinSweep.Crashes;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ChangeDetail;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.local.stores.StoreFailedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stores in memory answer as DynamoDB Local and S3Mock do, to every request of the executions that {@link TwinSweep} runs. */
@Order(1) // The longest of all: others run beside it.
final class TwinSweepTest {
    private static final Answers ANSWERS = new Answers();

    @TempDir
    static Path folder;

    private static RunningStores running;

    @BeforeAll
    static void start() throws StoreFailedException, InterruptedException {
        running = RunningStores.start(folder);
    }

    @AfterAll
    static void stop(TestReporter reporter) {
        running.close();
        ANSWERS.compared().forEach((kind, count) -> reporter.publishEntry(kind, count.toString()));
    }

    private static TwinSweep twin(Exhibit exhibit, Crashes crashes) {
        return new TwinSweep(exhibit, crashes, running, ANSWERS);
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    final class Copies extends OperatedSweepContract {
        private final Testbed testbed = twin(exhibit(), Crashes.EVERYWHERE);

        @Override
        Testbed testbed() {
            return testbed;
        }
    }

    /** An exhibit's migration, verification, rollback, and analysis. */
    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class Other extends CrashSweepContract {
        private final Testbed testbed;

        Other(Exhibit exhibit, Crashes crashes) {
            super(exhibit);
            this.testbed = twin(exhibit, crashes);
        }

        @Override
        Testbed testbed() {
            return testbed;
        }

        @Test
        void everyRequestOfAnAnalysis() {
            var start = start(untouched(), Action.ANALYZE, "first", Optional.empty())
                    .asking(RunOptions.NOTHING.listing(Optional.of(ChangeDetail.VALUES)));
            sweep(record(new Trial(untouched(), start, 40)), List.of());
        }
    }

    @Nested
    final class InPlace extends Other {
        InPlace() {
            super(new InPlaceExhibit(), Crashes.EVERYWHERE);
        }
    }

    @Nested
    final class CreatedInPlace extends Other {
        CreatedInPlace() {
            super(new CreatedExhibit(true), Crashes.WHERE_TABLES_ARE_WRITTEN);
        }
    }

    @Nested
    final class MergedInPlace extends Other {
        MergedInPlace() {
            super(new MergesExhibit(true), Crashes.WHERE_TABLES_ARE_WRITTEN);
        }
    }

    @Nested
    final class Created extends Other {
        Created() {
            super(new CreatedExhibit(false), Crashes.NOWHERE);
        }
    }

    @Nested
    final class Merged extends Other {
        Merged() {
            super(new MergesExhibit(false), Crashes.NOWHERE);
        }
    }

    @Nested
    final class Kinds extends Other {
        Kinds() {
            super(new KindsExhibit(false), Crashes.NOWHERE);
        }
    }

    @Nested
    final class KindsInPlace extends Other {
        KindsInPlace() {
            super(new KindsExhibit(true), Crashes.NOWHERE);
        }
    }

    @Nested
    final class Through extends Other {
        Through() {
            super(new ThroughExhibit(false), Crashes.NOWHERE);
        }
    }

    @Nested
    final class ThroughInPlace extends Other {
        ThroughInPlace() {
            super(new ThroughExhibit(true), Crashes.NOWHERE);
        }
    }

    @Nested
    final class Mixed extends Other {
        Mixed() {
            super(new MixedExhibit(), Crashes.NOWHERE);
        }
    }

    /** Copies are deleted whose source records are gone. */
    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    final class Gone extends GoneSweepContract {
        private final Testbed testbed = twin(exhibit(), Crashes.WHERE_TABLES_ARE_WRITTEN);

        @Override
        Testbed testbed() {
            return testbed;
        }
    }

    /** Stores in memory that do one thing wrongly are found out. */
    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    final class Wrong {
        private final TwinSweep copies = new TwinSweep(new CopyExhibit(), Crashes.NOWHERE, running, new Answers());
        private final TwinSweep inPlace = new TwinSweep(new InPlaceExhibit(), Crashes.NOWHERE, running, new Answers());
        private final TwinSweep tables = ofTables(new CopyExhibit());
        private final TwinSweep tablesInPlace = ofTables(new InPlaceExhibit());

        private static TwinSweep ofTables(Exhibit exhibit) {
            return new TwinSweep(exhibit, Crashes.NOWHERE, running, new Answers(), false);
        }

        @Test
        void nothing() {
            copies.migrateAndRollBack(Doctored.NOT, false);
            inPlace.migrateAndRollBack(Doctored.NOT, false);
        }

        @ParameterizedTest
        @EnumSource
        void tables(WrongTables wrong) {
            var twin = wrong.where() == WrongTables.Where.IN_PLACE ? tablesInPlace : tables;
            assertFound(
                    twin, new Doctored(wrong::of, objects -> objects), wrong.where() == WrongTables.Where.EXCLUSIVE);
        }

        @ParameterizedTest
        @EnumSource
        void objects(WrongBucket.Wrong wrong) {
            assertFound(copies, new Doctored(tables -> tables, objects -> new WrongBucket(objects, wrong)), false);
        }

        private void assertFound(TwinSweep twin, Doctored doctored, boolean exclusive) {
            assertThatThrownBy(() -> twin.migrateAndRollBack(doctored, exclusive))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("in memory");
        }
    }
}
