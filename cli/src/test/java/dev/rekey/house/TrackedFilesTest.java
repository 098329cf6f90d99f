package dev.rekey.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What no file of the repository may hold, of whatever kind it is. */
class TrackedFilesTest {
    private static final long LARGEST_BYTES = 256 * 1024;

    /** A character class in each keeps this file from finding itself. */
    private static final Pattern MACHINE_PATH = Pattern.compile(
            "(?<![\\w.}*-])/([w]ork/(main|wt|shared|\\.library)|[r]oot|[t]mp|[h]ome/\\w+|[U]sers/\\w+)/");

    private static final Pattern REGISTRY = Pattern.compile(
            "[a]rtifactory|[j]frog|[c]odeartifact|/[n]exus/|<[m]irror>|<[r]epositories>|<[p]luginRepositories>");
    private static final Pattern UNFINISHED = Pattern.compile("\\b([T]ODO|[F]IXME|[X]XX)\\b");

    private static final List<Path> FILES = Repository.files();

    @Test
    void noPathOfAnyonesMachine() {
        assertThat(lines(MACHINE_PATH)).as("paths of one machine").isEmpty();
    }

    @Test
    void noRegistryButMavenCentral() {
        assertThat(lines(REGISTRY)).as("hosts of private registries").isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(lines(UNFINISHED)).as("marks of unfinished work").isEmpty();
    }

    @Test
    void noDataIsKeptHere() {
        assertThat(FILES)
                .filteredOn(file -> size(file) > LARGEST_BYTES)
                .extracting(Repository::name)
                .as("files of more than %d bytes", LARGEST_BYTES)
                .isEmpty();
    }

    private static List<String> lines(Pattern pattern) {
        return FILES.stream()
                .flatMap(file -> Repository.text(file)
                        .lines()
                        .filter(line -> pattern.matcher(line).find())
                        .map(line -> Repository.name(file) + ": " + line.strip()))
                .toList();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
