package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.ExecutionAnswer;
import dev.rekey.engine.report.ReportWriter;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ChangeDetail;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.store.Documents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Real reports of every kind keep to the published schema, and their pages show what they say and nothing more. */
final class ReportTest {
    private static final String PLAN = Plans.of(
            "A: {}",
            "B: { references: { a: { family: A, onOrphan: keep }, next: B } }",
            "C: { references: { b: B, \"deep[].a\": A }, checks: { accept: [\"deep[].a\"] } }");
    private static final String SECRET = "<script>alert('secret')</script>";

    private final World world = new World();

    @BeforeEach
    void tables() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.create("C", KeyType.S);
        world.fill("src-A", 20);
        IntStream.range(0, 12)
                .forEach(i -> world.load(
                        "src-B", record("id", "b" + i, "a", "r" + i, "next", "b" + (i + 1) % 12, "s", SECRET)));
        world.load("src-C", record("id", "<c>", "b", "b1"));
        world.load("src-B", record("id", "lost", "a", "<nowhere>"));
        world.pageLimit(3);
    }

    @Test
    void analyze() {
        var migration = Migration.prepared(world, PLAN);
        migration.validate();
        var page = published(migration, RunOutcome.ANALYZED);
        assertThat(page)
                .contains("Ready: 34 records in 3 tables will migrate")
                .contains(
                        "<section class=\"verdict good\"",
                        "<h3>Decided by the plan <span class=\"count\">1</span></h3>")
                .contains("1 found, decided by the plan")
                .contains("&lt;nowhere&gt;");
    }

    @Test
    void changesAreListedWithoutValuesAndEscaped() {
        var start = new Start(world, "preview").asking(RunOptions.NOTHING.listing(Optional.of(ChangeDetail.NAMES)));
        var analysis = new Migration(world, PLAN, start, start.ready(Action.ANALYZE, PLAN));
        analysis.validate();
        assertThat(published(analysis, RunOutcome.ANALYZED))
                .contains(
                        "<h2>Changes</h2>",
                        "<h3>Created <span class=\"count\">34</span></h3>",
                        "<code>id &lt;c&gt;</code>",
                        "<div><code>a</code> rewritten</div>",
                        "And 23 more.",
                        "<code>--changes</code>")
                .doesNotContain("<ins>", SECRET);
    }

    @Test
    void migrateVerifyAndRollBack() {
        var migration = Migration.begun(world, PLAN);
        migration.migrate();
        assertThat(published(migration, RunOutcome.MIGRATED))
                .contains("Migrated and verified: 34 records in 3 tables")
                .contains("data:text/csv;charset=utf-8;base64,");
        world.time().sleep(Duration.ofSeconds(3));
        assertThat(published(spoiled(migration), RunOutcome.VERIFIED))
                .contains("Verification found 2 failures")
                .contains("<code>[&quot;s[\\&quot;&quot;]</code>")
                .doesNotContain("hush");
        var start = new Start(world, "undo");
        var undo = new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, migration.run(), PLAN));
        undo.fence();
        undo.undo();
        assertThat(published(undo, RunOutcome.ROLLED_BACK))
                .contains("Rolled back, except 2 records that others changed");
    }

    @Test
    void notesAreInEveryReportAndInTheAnswerOfAMigration() {
        var plan = Plans.of("A: {}") + "notes: [Call <the bank>]\n";
        var migration = Migration.begun(world, plan);
        assertThat(published(migration, RunOutcome.ANALYZED)).contains("<li>Call &lt;the bank&gt;</li>");
        assertThat(answer(migration, RunOutcome.ANALYZED).notes()).isEmpty();
        migration.migrate();
        assertThat(published(migration, RunOutcome.MIGRATED)).contains("<li>Call &lt;the bank&gt;</li>");
        assertThat(answer(migration, RunOutcome.MIGRATED).notes()).containsExactly("Call <the bank>");
    }

    @Test
    void optionsAndRewrittenIdsOfAMigrationAreInItsReport() {
        var migration = Migration.begun(world, PLAN + "limits: { readUnitsPerSecond: 90000 }\n");
        migration.migrate();
        var report = Documents.tree(migration.report(RunOutcome.MIGRATED));
        assertThat(report.path("options").toString())
                .isEqualTo("{\"onFailure\":\"rollback\",\"limits\":{\"readUnitsPerSecond\":90000}}");
        assertThat(report.path("rewritten").valueStream().map(Object::toString))
                .containsExactly(
                        "{\"table\":\"B\",\"path\":\"a\",\"family\":\"A\",\"values\":12,\"distinct\":13}",
                        "{\"table\":\"B\",\"path\":\"next\",\"family\":\"B\",\"values\":12,\"distinct\":12}",
                        "{\"table\":\"C\",\"path\":\"b\",\"family\":\"B\",\"values\":1,\"distinct\":1}",
                        "{\"table\":\"C\",\"path\":\"deep[].a\",\"family\":\"A\",\"values\":0,\"distinct\":0}");
        assertThat(published(migration, RunOutcome.MIGRATED))
                .doesNotContain("--on-failure")
                .contains("<h2>Rewritten ids</h2>", "<dt>Limits</dt><dd>90,000 read units per second</dd>");
    }

    private static ExecutionAnswer answer(Migration migration, RunOutcome ending) {
        var written = (ReportWriter.ReportOutcome.Written) migration.reported(ending);
        return ExecutionAnswer.of(written.report(), "json", "page");
    }

    @Test
    void whatIsChangedInPlaceHasNoTarget() {
        var plan = Plans.inPlace("A: { set: { y: done } }", "B: { references: { a: { family: A, onOrphan: keep } } }");
        var migration = Migration.begun(world, plan);
        migration.migrate();
        assertThat(visible(published(migration, RunOutcome.MIGRATED)))
                .contains("20 records changed in place and verified.", "nothing more must change", "as the plan says")
                .doesNotContain(" target", " source", " cop");
        world.time().sleep(Duration.ofSeconds(3));
        var start = new Start(world, "verify");
        var verification = new Migration(world, plan, start, start.ready(Action.VERIFY, migration.run(), plan));
        IntStream.rangeClosed(1, 2).forEach(verification::verify);
        assertThat(visible(published(verification, RunOutcome.VERIFIED)))
                .contains("Verified: every record is as the plan says", "Every record is as the plan says.")
                .doesNotContain(" target", " source", " cop");
        var again = new Start(world, "undo");
        var undo = new Migration(world, plan, again, again.ready(Action.ROLLBACK, migration.run(), plan));
        undo.fence();
        undo.undo();
        assertThat(visible(published(undo, RunOutcome.ROLLED_BACK)))
                .contains("Rolled back: 20 records restored, 0 kept because somebody else changed them.")
                .doesNotContain(" target", " source", " cop", "deleted");
    }

    private static String visible(String page) {
        return page.substring(page.indexOf("<body"));
    }

    private Migration spoiled(Migration migration) {
        var start = new Start(world, "verify");
        var verification = new Migration(world, PLAN, start, start.ready(Action.VERIFY, migration.run(), PLAN));
        world.load("dst-A", record("id", "stray <b>"));
        var changed = new HashMap<>(world.items("dst-B").getFirst());
        changed.put("s[\"", AttributeValue.fromS("hush"));
        world.load("dst-B", changed);
        world.delete("dst-B", world.items("dst-B").getLast());
        IntStream.rangeClosed(1, 3).forEach(verification::verify);
        return verification;
    }

    @Test
    void whatFailedIsShown() {
        var migration = Migration.begun(world, PLAN);
        migration.orphaned("B", "b1");
        migration.copy(1);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> migration.copy(2))
                .isInstanceOf(SegmentFailed.class);
        assertThat(published(migration, RunOutcome.INCOMPLETE))
                .contains("mapping.orphan")
                .contains("rekey resume");
        migration.fence();
        migration.undo();
        assertThat(published(migration, RunOutcome.ROLLED_BACK))
                .contains("Failed and rolled back")
                .contains("read: 34 records in", "copy, level 1: ", "undo, level 1: ", "rollback started");
    }

    /** The page, after its report has been compared with the schema. */
    private String published(Migration migration, RunOutcome ending) {
        var written = (ReportWriter.ReportOutcome.Written) migration.reported(ending);
        var documents = world.documents(world.invocation());
        var json = documents.bytes(written.json()).orElseThrow().content();
        assertThat(schema().validate(new String(json, StandardCharsets.UTF_8), InputFormat.JSON))
                .isEmpty();
        var page = new String(documents.bytes(written.html()).orElseThrow().content(), StandardCharsets.UTF_8);
        assertThat(page)
                .containsOnlyOnce("<script")
                .doesNotContain("{{", "http://", "https://", "alert(")
                .contains("<h1 id=\"verdict\">", "</html>");
        assertThat(Documents.tree(written.report()).toString()).doesNotContain("alert(");
        return page;
    }

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("../../docs/reference/report.schema.json")), InputFormat.JSON);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
