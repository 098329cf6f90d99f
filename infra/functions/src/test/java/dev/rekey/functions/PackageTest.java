package dev.rekey.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is in the jar that is deployed, and what is not. */
final class PackageTest {
    private static final long LARGEST_BYTES = 30L * 1024 * 1024;
    private static final Path TARGET = Path.of(System.getProperty("rekey.functions"));

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

    /** Nothing in it tells when it was built. */
    @Test
    void itIsTheSameWheneverItIsBuilt() {
        assertThat(entries.stream().map(ZipEntry::getTime).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(entries).extracting(ZipEntry::getName).doesNotHaveDuplicates();
    }

    @Test
    void everyLibraryIsInTheBillOfMaterialsWithALicence() throws IOException {
        var components = new ObjectMapper()
                .readTree(TARGET.resolve("rekey-functions.sbom.json").toFile())
                .path("components");
        var libraries = entries.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith("lib/") && name.endsWith(".jar"))
                .map(name -> name.substring("lib/".length()))
                .toList();

        var listed = components
                .valueStream()
                .map(one ->
                        one.path("name").asText() + "-" + one.path("version").asText() + ".jar")
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(libraries);
        assertThat(components
                        .valueStream()
                        .filter(one -> !one.path("group").asText().equals("dev.rekey")))
                .allSatisfy(one -> assertThat(one.path("licenses").isEmpty())
                        .as(one.path("name").asText())
                        .isFalse());
        assertThat(Files.readString(TARGET.resolve("classes/THIRD-PARTY.txt"))).contains("Apache");
    }
}
