package dev.rekey.engine.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.store.Interceptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Run folders that an earlier version of Rekey wrote, in {@code src/test/resources}: of each exhibit a migration that stopped in
 * the middle of a page, and one that ended. They are never written again: as long as the product exists, it resumes, verifies and
 * rolls back every run that any version of it left behind.
 *
 * <p>Beside each lies what comes of it: the items of all tables and every object that is written, and the page of the report. If a change adds to what is written, {@code -Dkept.write=true} writes these texts again, and the difference shows what
 * it adds. With it, folders that are missing are written, too: those of a new exhibit.
 */
final class KeptRunsTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/rekey/engine/proof/kept");

    /** What was migrated. */
    enum Kept {
        COPY,
        IN_PLACE,
        MIXED,
        MERGES_IN_PLACE,
        CREATED;

        private Exhibit exhibit() {
            return switch (this) {
                case COPY -> new CopyExhibit();
                case IN_PLACE -> new InPlaceExhibit();
                case MIXED -> new MixedExhibit();
                case MERGES_IN_PLACE -> new MergesExhibit(true);
                case CREATED -> new CreatedExhibit(false);
            };
        }

        private Path file(String ending) {
            return FOLDER.resolve(name().toLowerCase(Locale.ROOT).replace('_', '-') + ending);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatStoppedIsResumed(Kept kept) {
        ends(kept, stopped(kept), Action.RESUME, Result.MIGRATED, "-stopped-resumed");
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatStoppedIsRolledBack(Kept kept) {
        var site = ends(kept, stopped(kept), Action.ROLLBACK, Result.ROLLED_BACK, "-stopped-rolled-back");
        assertThat(site.dump()).isEqualTo(new Site(kept.exhibit().tables()).dump());
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatEndedIsVerified(Kept kept) {
        ends(kept, migrated(kept), Action.VERIFY, Result.VERIFIED, "-migrated-verified");
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatEndedIsRolledBack(Kept kept) {
        var site = ends(kept, migrated(kept), Action.ROLLBACK, Result.ROLLED_BACK, "-migrated-rolled-back");
        assertThat(site.dump()).isEqualTo(new Site(kept.exhibit().tables()).dump());
    }

    private static Site ends(Kept kept, KeptWorld world, Action action, Result result, String expected) {
        var site = world.site();
        assertThat(new Execution(world.start(action, site), site).run()).isEqualTo(result);
        var before = world.stores().objects().contents();
        Golden.isAsKept(text(before, site.held()), kept.file(expected + ".txt"));
        Golden.areReadAsWritten(before);
        site.held().objects().contents().forEach((key, page) -> {
            if (key.endsWith(".html") && !before.containsKey(key)) {
                Golden.isAsKept(Golden.page(page), kept.file(expected + ".html"));
            }
        });
        return site;
    }

    /** What an execution wrote: everything in the tables, and the objects that are new or other than before. */
    private static String text(SortedMap<String, byte[]> had, MemoryStores after) {
        return after.dump()
                + after.objects().contents().entrySet().stream()
                        .filter(one -> !Arrays.equals(one.getValue(), had.get(one.getKey())))
                        .filter(one -> !one.getKey().endsWith(".html"))
                        .map(one -> one.getKey() + "\n  " + text(one.getKey(), one.getValue()) + "\n")
                        .collect(Collectors.joining())
                + deleted(had, after.objects().contents());
    }

    private static String deleted(SortedMap<String, byte[]> before, SortedMap<String, byte[]> after) {
        return before.keySet().stream()
                .filter(key -> !after.containsKey(key))
                .map(key -> "deleted: " + key + "\n")
                .collect(Collectors.joining());
    }

    /** Zipped bytes depend on the library that zips. */
    private static String text(String key, byte[] content) {
        if (!key.endsWith(".gz")) {
            return new String(content, UTF_8);
        }
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return new String(unzipped.readAllBytes(), UTF_8).stripTrailing().replace("\n", "\n  ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeptWorld migrated(Kept kept) {
        return world(kept, "-migrated.zip", Integer.MAX_VALUE);
    }

    /** When it had sent half of its writes to the tables. */
    private static KeptWorld stopped(Kept kept) {
        var writes = new AtomicInteger();
        if (Golden.WRITES) {
            var _ = migration(kept.exhibit(), Integer.MAX_VALUE, writes);
        }
        return world(kept, "-stopped.zip", writes.get() / 2);
    }

    private static KeptWorld world(Kept kept, String ending, int mostWrites) {
        var file = kept.file(ending);
        if (Golden.WRITES && !Files.exists(file)) {
            migration(kept.exhibit(), mostWrites, new AtomicInteger()).write(file);
        }
        return KeptWorld.read(file);
    }

    /** @param most the process dies after so many writes to tables */
    private static KeptWorld migration(Exhibit exhibit, int most, AtomicInteger writes) {
        var site = new Site(exhibit.tables());
        var start = new Execution.Start(exhibit.plan(), Action.MIGRATE, "kept", site.now(), Optional.empty());
        var tables =
                exhibit.shapes().stream().map(shape -> shape.table().name()).toList();
        site.intercept(new Interceptor() {
            @Override
            public void before(Call call) {}

            @Override
            public void after(Call call) {
                if (Recording.isWrite(call) && tables.contains(call.on()) && writes.incrementAndGet() > most) {
                    throw new Died();
                }
            }
        });
        try {
            assertThat(new Execution(start, site).run()).isEqualTo(Result.MIGRATED);
        } catch (Died _) {
            assertThat(most).isLessThan(Integer.MAX_VALUE);
        }
        return KeptWorld.of(exhibit, start.run(), site);
    }

    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
