package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.Followers;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ChangeDetail;
import dev.rekey.engine.run.OnFailure;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reports and their pages, compared with files: outcomes that {@link KeptRunsTest} has none of. {@code -Dkept.write=true} writes
 * the files again.
 */
final class ReportPagesTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/rekey/engine/proof/pages");

    @Test
    void anAnalysisThatListsChanges() {
        var listing = RunOptions.NOTHING.listing(Optional.of(ChangeDetail.VALUES));
        reports("analyzed-copy", new CopyExhibit(), Action.ANALYZE, listing, Result.ANALYZED);
        reports("analyzed-in-place", new InPlaceExhibit(), Action.ANALYZE, listing, Result.ANALYZED);
        reports("analyzed-mixed", new MixedExhibit(), Action.ANALYZE, listing, Result.ANALYZED);
    }

    @Test
    void aMigrationThatIsRefused() {
        var exhibit = new MixedExhibit();
        var plan = exhibit.plan().replace("onOrphan: keep", "onOrphan: fail");
        reports("refused", exhibit, plan, Action.MIGRATE, RunOptions.NOTHING, Result.REFUSED);
    }

    /** Others receive what a run writes: consumers of streams, and other regions if only one is said to be written. */
    @Test
    void copiesIntoTablesThatAreFollowed() {
        var streams = new Followed(new Followers(List.of(), false, true, true));
        reports("analyzed-streams", streams, Action.ANALYZE, RunOptions.NOTHING, Result.ANALYZED);
        var replicas = new Followed(new Followers(List.of("us-east-1", "us-west-2"), false, true));
        var only = replicas.plan().replace("target: { ", "target: { writeRegion: " + region() + ", ");
        reports("analyzed-replicas", replicas, only, Action.ANALYZE, RunOptions.NOTHING, Result.ANALYZED);
    }

    /** No folder of a run, and so no page, is made of it: the cause of the execution's end is all that people get. */
    @ParameterizedTest
    @EnumSource(names = {"ANALYZE", "MIGRATE"})
    void copiesIntoReplicasAreRefused(Action action) {
        var exhibit = new Followed(new Followers(List.of("us-east-1", "us-west-2"), false, true));
        var site = new Site(exhibit.tables());
        var refused = new Execution(new Start(exhibit.plan(), action, "pages", site.now(), Optional.empty()), site);
        assertThat(refused.run()).isEqualTo(Result.REFUSED);
        assertThat(site.held().objects().contents().keySet()).noneMatch(key -> key.contains("/reports/"));
        Golden.isAsKept(
                refused.refusal().orElseThrow().cause() + "\n",
                FOLDER.resolve("refused-replicas-" + action.word() + ".txt"));
    }

    private static String region() {
        return new CopyExhibit().shapes().getFirst().region();
    }

    /** @param followers of one table that is copied into */
    private record Followed(Followers followers) implements Exhibit {
        @Override
        public String plan() {
            return new CopyExhibit().plan();
        }

        @Override
        public List<TableShape> shapes() {
            return new CopyExhibit()
                    .shapes().stream()
                            .map(shape ->
                                    shape.table().name().equals("dst-Documents") ? shape.followedBy(followers) : shape)
                            .toList();
        }

        @Override
        public void fill(InMemoryTables tables) {
            new CopyExhibit().fill(tables);
        }

        @Override
        public String readInRanges() {
            return new CopyExhibit().readInRanges();
        }
    }

    @Test
    void aTest() {
        reports("tested-kept", new CopyExhibit(), Action.TEST, tested(true), Result.TESTED);
        reports("tested", new CopyExhibit(), Action.TEST, tested(false), Result.ROLLED_BACK);
    }

    private static RunOptions tested(boolean keep) {
        return new RunOptions(Optional.empty(), Optional.of("Entries"), Optional.of("e1"), keep);
    }

    @Test
    void aMigrationThatFails() {
        reports("failed", new CopyExhibit(), Action.MIGRATE, onFailure(OnFailure.ROLLBACK), Result.ROLLED_BACK);
        reports("incomplete", new CopyExhibit(), Action.MIGRATE, onFailure(OnFailure.STOP), Result.INCOMPLETE);
        reports(
                "incomplete-in-place",
                new InPlaceExhibit(),
                Action.MIGRATE,
                onFailure(OnFailure.STOP),
                Result.INCOMPLETE);
    }

    private static RunOptions onFailure(OnFailure what) {
        return new RunOptions(Optional.of(what), Optional.empty(), Optional.empty(), false);
    }

    private static void reports(String name, Exhibit exhibit, Action action, RunOptions options, Result result) {
        reports(name, exhibit, exhibit.plan(), action, options, result);
    }

    private static void reports(
            String name, Exhibit exhibit, String plan, Action action, RunOptions options, Result result) {
        var site = new Site(exhibit.tables());
        if (options.onFailure().isPresent()) {
            site.intercept(new FailingWrites(
                    site, result == Result.ROLLED_BACK ? StoreException.Kind.INVALID : StoreException.Kind.DENIED));
        }
        var start = new Start(plan, action, "pages", site.now(), Optional.empty()).asking(options);
        assertThat(new Execution(start, site).run()).isEqualTo(result);
        site.held().objects().contents().forEach((key, content) -> {
            if (key.contains("/reports/") && key.endsWith(".html")) {
                Golden.isAsKept(Golden.page(content), FOLDER.resolve(name + ".html"));
                var json = key.replaceFirst("html$", "json");
                var report = new String(site.held().objects().contents().get(json), StandardCharsets.UTF_8);
                Golden.isAsKept(report + "\n", FOLDER.resolve(name + ".json"));
            }
        });
        assertThat(FOLDER.resolve(name + ".html")).exists();
        Golden.areReadAsWritten(site.held().objects().contents());
    }

    /** From the second level on, nobody can write to a table. */
    private static final class FailingWrites implements Interceptor {
        private final StoreException.Kind kind;
        private int level;

        private FailingWrites(Site site, StoreException.Kind kind) {
            this.kind = kind;
            site.onEntered(progress -> level = progress.state() == Progress.State.COPY ? progress.level() : 0);
        }

        @Override
        public void before(Call call) {
            boolean writes = Recording.isWrite(call)
                    && (call.on().startsWith("dst-") || call.on().startsWith("own-"));
            if (writes && level > 1) {
                throw new StoreException(kind, "Cannot write to " + call.on() + ": no right to.");
            }
        }

        @Override
        public void after(Call call) {}
    }
}
