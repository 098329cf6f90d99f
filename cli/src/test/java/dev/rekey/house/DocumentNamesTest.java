package dev.rekey.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every class, method and package that a document names in backticks exists in the class files of some module.
 *
 * <p>A name is a word that begins like a class ({@code Claim}, {@code segment.Claim.of}, {@code Stack.broken()}) or a package
 * of ours. Such words that belong to others, to AWS above all, are listed in {@code names-of-others.txt}.
 */
class DocumentNamesTest {
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
    private static final Pattern CLASS =
            Pattern.compile("(?<room>(?:[a-z]\\w*\\.)*)(?<type>[A-Z]\\w*[a-z]\\w*)(?<rest>(?:\\.\\w+)*)(?:\\(\\))?");
    private static final Pattern PACKAGE = Pattern.compile("dev\\.rekey(?:\\.[a-z]\\w*)+");

    private static final Map<String, List<JavaClass>> BY_NAME = classes().stream()
            .filter(each -> !each.getSimpleName().isEmpty())
            .collect(Collectors.groupingBy(JavaClass::getSimpleName));
    private static final Set<String> PACKAGES = packages();
    private static final Set<String> OTHERS = others();

    @Test
    void everyNameExists() {
        var wrong = documents()
                .flatMap(file -> unknown(Repository.text(file)).map(name -> Repository.name(file) + ": " + name))
                .toList();
        assertThat(wrong).as("names that no class has").isEmpty();
    }

    @Test
    void namesThatDoNotExistAreFound() {
        var text = "`Documents.findNot`, `segment.Documents`, `NoSuchClaim`, `PutOutcome.Perhaps`, `dev.rekey.nowhere`";
        assertThat(unknown(text))
                .containsExactly(
                        "Documents.findNot",
                        "segment.Documents",
                        "NoSuchClaim",
                        "PutOutcome.Perhaps",
                        "dev.rekey.nowhere");
    }

    @Test
    void namesThatExistAndOrdinaryWordsAreNot() {
        var text =
                "`store.Documents.find`, `Documents`, `PutOutcome.Done`, `Documents.find()`, `dev.rekey.engine.store`,"
                        + " `startedAt`, `GSI1PK`, `runs/RUN`, `{ tables: X }`, `BatchWriteItem`";
        assertThat(unknown(text)).isEmpty();
    }

    @Test
    void othersAreStillNamed() {
        var named = documents()
                .flatMap(file -> quoted(Repository.text(file)))
                .collect(Collectors.toCollection(HashSet::new));
        assertThat(OTHERS).isSubsetOf(named);
    }

    private static Stream<String> unknown(String document) {
        return quoted(document).filter(name -> !OTHERS.contains(name)).filter(name -> !exists(name));
    }

    private static Stream<String> quoted(String document) {
        return QUOTED.matcher(CODE_BLOCK.matcher(document).replaceAll(""))
                .results()
                .map(found -> found.group(1));
    }

    private static boolean exists(String name) {
        if (PACKAGE.matcher(name).matches()) {
            return PACKAGES.contains(name);
        }
        return className(name)
                .map(found -> BY_NAME.getOrDefault(found.group("type"), List.of()).stream()
                        .filter(type -> isIn(type, found.group("room")))
                        .anyMatch(type -> has(type, found.group("rest"))))
                .orElse(true);
    }

    private static Optional<MatchResult> className(String name) {
        return Optional.of(CLASS.matcher(name))
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.toMatchResult());
    }

    /** @param room the end of the package's name and a dot, or nothing */
    private static boolean isIn(JavaClass type, String room) {
        return ("." + type.getPackageName() + ".").endsWith("." + room);
    }

    /** @param rest nested types and a member, each with a dot before it, or nothing */
    private static boolean has(JavaClass type, String rest) {
        if (rest.isEmpty()) {
            return true;
        }
        int end = rest.indexOf('.', 1);
        var first = end < 0 ? rest.substring(1) : rest.substring(1, end);
        var others = end < 0 ? "" : rest.substring(end);
        boolean member = others.isEmpty()
                && type.getAllMembers().stream().map(JavaMember::getName).anyMatch(first::equals);
        return member
                || BY_NAME.getOrDefault(first, List.of()).stream()
                        .filter(nested -> nested.getEnclosingClass().equals(Optional.of(type)))
                        .anyMatch(nested -> has(nested, others));
    }

    private static List<JavaClass> classes() {
        var folders = Repository.modules().stream()
                .flatMap(module ->
                        Stream.of("target/classes", "target/test-classes").map(module::resolve))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter().importPaths(folders).stream().toList();
    }

    /** Those of the classes and those above them. */
    private static Set<String> packages() {
        var all = new TreeSet<String>();
        for (var type : BY_NAME.values().stream().flatMap(List::stream).toList()) {
            var name = type.getPackageName();
            while (all.add(name) && name.contains(".")) {
                name = name.substring(0, name.lastIndexOf('.'));
            }
        }
        return all;
    }

    private static Set<String> others() {
        var list = Repository.root().resolve("cli/src/test/resources/names-of-others.txt");
        return Repository.text(list)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .flatMap(line -> Stream.of(line.split(" ", -1)))
                .collect(Collectors.toSet());
    }

    private static Stream<Path> documents() {
        return Repository.files().stream()
                .filter(file -> Repository.name(file).matches("(docs/.*|infra/README|README)\\.md"));
    }
}
