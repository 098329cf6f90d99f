package dev.rekey.engine.migration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.workflow.Prepared;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The folder of an export of a DynamoDB table is a source, and must hold what its manifests state. */
final class ExportedFilesTest {
    private static final String PLAN = """
            plan: from-export
            source: { files: "s3://files/exports/{table}/" }
            target: { tables: "dst-{table}" }
            identity: { rule: derive, namespace: n }
            tables: { People: { references: { boss: People } } }
            """;
    private static final String FOLDER = "exports/People/";
    private static final String FULL = "\"exportType\":\"FULL_EXPORT\",\"outputFormat\":\"DYNAMODB_JSON\"";

    private final World world = new World();

    @BeforeEach
    void export() {
        world.create("People", KeyType.S);
        data(
                "a1.json.gz",
                "{\"Item\":{\"id\":{\"S\":\"a\"}}}",
                "{\"Item\":{\"id\":{\"S\":\"b\"},\"boss\":{\"S\":\"a\"}}}");
        data("b2.json.gz", "{\"Item\":{\"id\":{\"S\":\"c\"},\"age\":{\"N\":\"40\"}}}");
        data("c3.json.gz");
        manifest(line("a1.json.gz", 2), line("b2.json.gz", 1), line("c3.json.gz", 0));
        summary(FULL, 3);
    }

    @Test
    void itsRecordsAreMigratedAndNothingElseOfTheFolderIsRead() {
        put("data/of-nobody.json.gz", packed("{\"Item\":{\"id\":{\"S\":\"z\"}}}"));
        put("_started", new byte[0]);
        var migration = Migration.migrated(world, PLAN);
        assertThat(migration.report(RunOutcome.MIGRATED).verified().remaining()).isEmpty();
        var people = world.items("dst-People");
        assertThat(people).hasSize(3);
        var ids = people.stream().map(person -> person.get("id").s()).collect(Collectors.toSet());
        assertThat(people.stream().filter(person -> person.containsKey("boss")))
                .singleElement()
                .satisfies(person -> assertThat(ids).contains(person.get("boss").s()));
    }

    @Test
    void aFileThatIsAnotherThanTheManifestSaysIsNamed() {
        data("b2.json.gz", "{\"Item\":{\"id\":{\"S\":\"d\"},\"age\":{\"N\":\"41\"}}}");
        assertThat(analyzed()).containsExactly("file.damaged");
    }

    @Test
    void aFileWithFewerRecordsThanTheManifestSaysIsNamed() {
        manifest(line("a1.json.gz", 3), line("b2.json.gz", 1));
        summary(FULL, 4);
        assertThat(analyzed()).containsExactly("file.damaged");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        world.objects().delete(new ObjectKey(FOLDER + "data/b2.json.gz"));
        assertThat(refused()).singleElement().satisfies(problem -> {
            assertThat(problem.id()).isEqualTo("file.missing");
            assertThat(problem.message()).contains("s3://files/exports/People/data/b2.json.gz");
        });
    }

    @Test
    void filesThatTheSummaryDoesNotCountAreRefused() {
        summary(FULL, 4);
        assertThat(refused()).singleElement().satisfies(problem -> {
            assertThat(problem.id()).isEqualTo("file.damaged");
            assertThat(problem.message()).contains("have 3 records", "says 4");
        });
    }

    @Test
    void aManifestThatCannotBeReadIsRefused() {
        put("manifest-files.json", "{\"itemCount\":".getBytes(UTF_8));
        assertThat(refused()).extracting(Problem::id).contains("file.damaged");
        manifest("{\"itemCount\":3,\"dataFileS3Key\":\"data/a1.json.gz\"}");
        assertThat(refused()).extracting(Problem::id).containsExactly("file.damaged");
    }

    @Test
    void changesAndOtherFormatsAreRefused() {
        summary("\"exportType\":\"INCREMENTAL_EXPORT\",\"outputFormat\":\"DYNAMODB_JSON\"", 3);
        assertThat(refused()).extracting(Problem::id).containsExactly("file.incremental");
        summary("\"exportType\":\"FULL_EXPORT\",\"outputFormat\":\"ION\"", 3);
        assertThat(refused()).extracting(Problem::id).containsExactly("file.format");
    }

    @Test
    void aFolderOfExportsNamesTheOneToWrite() {
        List.of("manifest-summary.json", "manifest-files.json").forEach(name -> {
            var content = world.objects()
                    .get(new ObjectKey(FOLDER + name))
                    .orElseThrow()
                    .content();
            put("AWSDynamoDB/01-ab/" + name, content);
            world.objects().delete(new ObjectKey(FOLDER + name));
        });
        assertThat(refused()).singleElement().satisfies(problem -> {
            assertThat(problem.id()).isEqualTo("file.missing");
            assertThat(problem.hint()).contains("s3://files/exports/People/AWSDynamoDB/01-ab/.");
        });
    }

    private List<String> analyzed() {
        return Migration.prepared(world, PLAN).validate().problems().stream()
                .map(Problem::id)
                .toList();
    }

    private List<Problem> refused() {
        var start = new Start(world, "refused");
        return ((Prepared.Refused) start.prepare(Action.ANALYZE, PLAN, Optional.empty())).problems();
    }

    private void summary(String kind, long records) {
        put(
                "manifest-summary.json",
                ("{\"version\":\"2020-06-30\",\"tableArn\":\"arn:aws:dynamodb:eu-west-1:000000000000:table/people\","
                                + kind + ",\"itemCount\":" + records + "}\n")
                        .getBytes(UTF_8));
    }

    private void manifest(String... lines) {
        put("manifest-files.json", String.join("\n", lines).getBytes(UTF_8));
    }

    /** As AWS writes it: with the key of where it wrote the file. */
    private String line(String name, long records) {
        var content = world.objects()
                .get(new ObjectKey(FOLDER + "data/" + name))
                .orElseThrow()
                .content();
        return "{\"itemCount\":%d,\"md5Checksum\":\"%s\",\"etag\":\"x-1\",\"dataFileS3Key\":\"AWSDynamoDB/01/data/%s\"}"
                .formatted(records, md5(content), name);
    }

    private void data(String name, String... lines) {
        put("data/" + name, packed(lines.length == 0 ? "" : String.join("\n", lines) + "\n"));
    }

    private void put(String name, byte[] content) {
        world.objects().put(new ObjectKey(FOLDER + name), content);
    }

    private static byte[] packed(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String md5(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
