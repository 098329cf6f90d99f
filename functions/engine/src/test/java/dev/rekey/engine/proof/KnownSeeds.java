package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * The seeds that find broken rules, and those that tell what is rare, in a file for each test class. A change of the engine
 * shifts what a seed tells, so a test searches for another seed if the known one finds nothing;
 * {@code -Dseeds.write=true} writes the new one into the file.
 */
final class KnownSeeds {
    private static final boolean WRITE = Boolean.getBoolean("seeds.write");
    private static final int SEARCHED = 1_000;
    private static final String INTRODUCTION = "# Which seed finds what. Written with -Dseeds.write=true.\n";

    private final Path file;

    KnownSeeds(Class<?> test) {
        this.file = Path.of("src/test/resources/dev/rekey/engine/proof", test.getSimpleName() + ".seeds");
    }

    /** Fails if neither the seed that is known for {@code what} nor another one {@code finds} it. */
    void find(String what, LongPredicate finds) {
        search(Set.of(what), seed -> finds.test(seed) ? Set.of(what) : Set.of());
    }

    /**
     * The same for each of {@code wanted} that the other seeds have not told.
     *
     * @param tells what a seed tells
     */
    <E extends Enum<E>> void findAll(Set<E> wanted, Collection<E> told, LongFunction<Collection<E>> tells) {
        var missing = EnumSet.copyOf(wanted);
        missing.removeAll(told);
        search(names(missing), seed -> names(tells.apply(seed)));
    }

    private static Set<String> names(Collection<? extends Enum<?>> all) {
        return all.stream().map(Enum::name).collect(Collectors.toSet());
    }

    private void search(Set<String> wanted, LongFunction<Set<String>> tells) {
        var known = known();
        var missing = new TreeSet<>(wanted);
        missing.removeIf(
                one -> known.containsKey(one) && tells.apply(known.get(one)).contains(one));
        for (long seed = 0; seed < SEARCHED && !missing.isEmpty(); seed++) {
            var found = new TreeSet<>(missing);
            found.retainAll(tells.apply(seed));
            missing.removeAll(found);
            for (var one : found) {
                report(known, one, seed);
            }
        }
        assertThat(missing).as("what no seed below %d finds", SEARCHED).isEmpty();
    }

    private void report(Map<String, Long> known, String what, long found) {
        var before = Optional.ofNullable(known.put(what, found)).map(Object::toString);
        if (WRITE) {
            write(known);
            System.out.println(file + ": " + what + " " + found);
        } else {
            System.out.printf(
                    "%n*** %s: %s now needs seed %d instead of %s. -Dseeds.write=true writes it.%n%n",
                    file, what, found, before.orElse("none"));
        }
    }

    private Map<String, Long> known() {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .collect(Collectors.toMap(
                            line -> line[0], line -> Long.valueOf(line[1]), (a, _) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Map<String, Long> seeds) {
        var lines = seeds.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(file, INTRODUCTION + lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
