package dev.rekey.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What is in the jar that is deployed, and what is not. */
final class PackageTest {
    private static final long LARGEST_BYTES = 30L * 1024 * 1024;
    private static final Path TARGET = Path.of(System.getProperty("rekey.functions"));

    /** {@code project.build.outputTimestamp}. */
    private static final LocalDateTime BUILT = LocalDateTime.parse("2026-01-01T00:00:00");

    private final List<? extends ZipEntry> entries;

    PackageTest() throws IOException {
        try (var jar = new ZipFile(TARGET.resolve("rekey-functions.jar").toFile())) {
            entries = jar.stream().toList();
        }
    }

    @Test
    void itIsSmall() throws IOException {
        assertThat(Files.size(TARGET.resolve("rekey-functions.jar"))).isLessThan(LARGEST_BYTES);
    }

    @Test
    void itHasTheFunctionsAndNothingOfTestsOrTheLocalStack() {
        var names = entries.stream().map(ZipEntry::getName).toList();

        assertThat(names)
                .contains("log4j2.properties", "THIRD-PARTY.txt")
                .anyMatch(name -> name.startsWith("lib/rekey-handlers-"))
                .anyMatch(name -> name.startsWith("lib/rekey-aws-"))
                .anyMatch(name -> name.startsWith("lib/rekey-engine-"))
                .noneMatch(name ->
                        name.matches(".*(rekey-(local|interpreter|stores|examples|cli)|-tests?\\.jar|junit|assertj"
                                + "|DynamoDBLocal|s3mock|picocli|netty|runtime-interface-client).*"));
    }

    /**
     * Nothing in it, or in the libraries of this repository, tells when, where, by whom or with which JDK it was built; what
     * others have built is copied. So two builds of the same sources give the same bytes.
     */
    @Test
    void itIsTheSameWheneverAndWhereverItIsBuilt() throws IOException {
        try (var jar = new ZipFile(TARGET.resolve("rekey-functions.jar").toFile())) {
            for (var entry : Collections.list(jar.entries())) {
                if (entry.getName().startsWith("lib/rekey-")) {
                    assertTellsNothing(jar.getInputStream(entry).readAllBytes());
                }
            }
        }
        assertTellsNothing(Files.readAllBytes(TARGET.resolve("rekey-functions.jar")));
    }

    /** Lambda unpacks the jar once; what is compressed in a library of it would be unpacked by every cold start. */
    @Test
    void librariesAreNotCompressedAndOtherwiseAsTheirAuthorsPublishedThem() throws IOException {
        var published = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar"))
                .collect(Collectors.toMap(path -> path.getFileName().toString(), path -> path));
        for (var library : libraries()) {
            try (var here = new ZipFile(
                            TARGET.resolve("classes/lib").resolve(library).toFile());
                    var there = new ZipFile(published.get(library).toFile())) {
                assertThat(here.stream()).as(library).allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
                assertThat(contents(here)).as(library).isEqualTo(contents(there));
            }
        }
    }

    private static List<String> contents(ZipFile jar) {
        return jar.stream()
                .map(entry ->
                        "%s %d %x %s".formatted(entry.getName(), entry.getSize(), entry.getCrc(), entry.getTimeLocal()))
                .toList();
    }

    private static void assertTellsNothing(byte[] jar) throws IOException {
        var root = Path.of(System.getProperty("rekey.root")).toRealPath().toString();
        var files = new ArrayList<String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var name = entry.getName();
                var content = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(entry.getTimeLocal()).as(name).isEqualTo(BUILT);
                assertThat(entry.getExtra()).as(name).isNull();
                if (!name.startsWith("lib/")) {
                    assertThat(content)
                            .as(name)
                            .doesNotContain(root)
                            .doesNotContain(System.getProperty("user.home") + "/")
                            .doesNotContain("Build-Jdk: ")
                            .doesNotContain("Built-By");
                }
                if (!entry.isDirectory() && !name.startsWith("META-INF/")) {
                    files.add(name);
                }
            }
        }
        assertThat(files).isNotEmpty().isSorted().doesNotHaveDuplicates();
    }

    @Test
    void everyLibraryIsInTheBillOfMaterialsWithALicence() throws IOException {
        var components = new ObjectMapper()
                .readTree(TARGET.resolve("rekey-functions.sbom.json").toFile())
                .path("components");
        var listed = components
                .valueStream()
                .map(one ->
                        one.path("name").asText() + "-" + one.path("version").asText() + ".jar")
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(libraries());
        assertThat(components
                        .valueStream()
                        .filter(one -> !one.path("group").asText().equals("dev.rekey")))
                .allSatisfy(one -> assertThat(one.path("licenses").isEmpty())
                        .as(one.path("name").asText())
                        .isFalse());
        assertThat(Files.readString(TARGET.resolve("classes/THIRD-PARTY.txt"))).contains("Apache");
    }

    private List<String> libraries() {
        return entries.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith("lib/") && name.endsWith(".jar"))
                .map(name -> name.substring("lib/".length()))
                .toList();
    }
}
