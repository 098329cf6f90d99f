package dev.rekey.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives as they are downloaded: unpacked, write-protected, and run through a link from another folder. */
class ArchiveTest {
    private static final Path ARCHIVES = Path.of(System.getProperty("rekey.archives"));
    private static final String VERSION = System.getProperty("rekey.version");
    private static final String NAME = "rekey-" + VERSION;
    private static final Pattern NAMED_FILE = Pattern.compile("(?:CodeUri|DefinitionUri): (\\S+)");
    private static final int MOST_MINUTES = 10;

    private final Path folder;
    private final Path home;
    private final Path elsewhere;
    private final Path link;

    /** What a command printed, standard output and standard error alike. */
    private record Ran(int exitCode, String text) {}

    ArchiveTest(@TempDir Path folder) {
        this.folder = folder;
        this.home = folder.resolve("unpacked").resolve(NAME);
        this.elsewhere = folder.resolve("elsewhere");
        this.link = folder.resolve("bin").resolve("rekey");
    }

    @BeforeEach
    void unpack() throws Exception {
        Files.createDirectories(home.getParent());
        Files.createDirectories(elsewhere);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, link.getParent().relativize(home.resolve("rekey")));
        unpack(NAME + ".tar.gz");
    }

    @AfterEach
    void allowRemoval() throws Exception {
        protect(home, "u+w");
    }

    @Test
    void theTourRunsFromAWriteProtectedFolder() throws Exception {
        unpack(NAME + "-stores.tar.gz");
        protect(home, "a-w");
        var before = contents();

        assertThat(rekey("--version").text().strip()).isEqualTo("rekey " + VERSION);
        var demo = rekey("demo", "--records", "200");
        assertThat(demo.exitCode()).as(demo.text()).isZero();
        assertThat(demo.text()).contains("Every step went as expected");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void withoutTheStoresTheMessageNamesTheirArchive() throws Exception {
        var demo = rekey("demo");
        assertThat(demo.exitCode()).isEqualTo(3);
        assertThat(demo.text()).contains(home.resolve("stores").toString(), "whose name ends with -stores");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void whatIsDeployedLiesBesideTheTemplate() throws Exception {
        var deploy = home.resolve("deploy");
        var named = NAMED_FILE
                .matcher(Files.readString(deploy.resolve("template.yaml")))
                .results()
                .map(found -> deploy.resolve(found.group(1)))
                .toList();
        assertThat(named)
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder("rekey-functions.jar", "migration.asl.json");
        assertThat(named).allMatch(Files::isRegularFile);
        assertThat(Files.readString(deploy.resolve("samconfig.toml")))
                .contains("template_file = \"template.yaml\"")
                .doesNotContain("infra/", "mvnw");
    }

    @Test
    void everyCommandHasAManPageAndIsCompleted() throws Exception {
        var completion = home.resolve("share/completion/rekey.bash");
        assertThat(ran(elsewhere, List.of("bash", "-n", completion.toString())).exitCode())
                .isZero();
        var completed = ran(
                elsewhere,
                List.of(
                        "bash",
                        "-c",
                        "source '" + completion
                                + "'; COMP_WORDS=(rekey mig); COMP_CWORD=1; _complete_rekey; echo ${COMPREPLY[*]}"));
        assertThat(completed.text().strip()).isEqualTo("migrate");
        try (var pages = Files.list(home.resolve("share/man/man1"))) {
            assertThat(pages.map(page -> page.getFileName().toString()).toList())
                    .contains("rekey.1", "rekey-demo.1", "rekey-migrate.1", "rekey-policy.1")
                    .hasSizeGreaterThan(20);
        }
        assertThat(Files.readString(home.resolve("share/man/man1/rekey-migrate.1")))
                .contains("rekey migrate", "until\\-clean");
    }

    @Test
    void theZipHoldsTheSameFiles() throws Exception {
        var names = ran(folder, List.of("tar", "tzf", archive(NAME + ".tar.gz")))
                .text()
                .lines()
                .filter(name -> !name.endsWith("/"))
                .sorted()
                .toList();
        try (var zip = new ZipFile(archive(NAME + ".zip"))) {
            assertThat(zip.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(ZipEntry::getName)
                            .sorted()
                            .toList())
                    .isEqualTo(names);
        }
    }

    private Ran rekey(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(link.toString()));
        command.addAll(List.of(arguments));
        return ran(elsewhere, command);
    }

    private void unpack(String name) throws Exception {
        var ran = ran(home.getParent(), List.of("tar", "xzf", archive(name)));
        assertThat(ran.exitCode()).as(ran.text()).isZero();
    }

    private static String archive(String name) {
        return ARCHIVES.resolve(name).toString();
    }

    private void protect(Path tree, String mode) throws Exception {
        assertThat(ran(folder, List.of("chmod", "-R", mode, tree.toString())).exitCode())
                .isZero();
    }

    private Ran ran(Path directory, List<String> command) throws Exception {
        var output = Files.createTempFile(folder, "output", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        try {
            assertThat(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES))
                    .as("%s ends", command)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ran(process.exitValue(), Files.readString(output));
    }

    /** Every file of the unpacked archive with its size, time and permissions: the owner of all files may write anyway. */
    private Map<String, String> contents() throws IOException {
        var contents = new TreeMap<String, String>();
        try (var files = Files.walk(home)) {
            for (var file : files.toList()) {
                var size = Files.isDirectory(file) ? "" : String.valueOf(Files.size(file));
                contents.put(
                        home.relativize(file).toString(),
                        size + " " + Files.getLastModifiedTime(file) + " "
                                + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        return contents;
    }
}
