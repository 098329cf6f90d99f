package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ChangeDetail;
import dev.rekey.engine.run.OnFailure;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
