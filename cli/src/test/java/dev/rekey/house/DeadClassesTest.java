package dev.rekey.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No class of the product that only its tests know. Works on names: a name that occurs elsewhere counts as used. */
class DeadClassesTest {
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern MAIN_METHOD = Pattern.compile("static void main\\(");

    /** Besides the sources: what starts or names classes from outside. */
    private static final Pattern STARTS_CLASSES =
            Pattern.compile("rekey|\\.ci/run|.*\\.asl\\.json|infra/.*\\.ya?ml|.*/META-INF/services/.*|.*/pom\\.xml");

    /** For applications. */
    private static final Set<String> LIBRARY =
            Set.of("functions/ids/src/main/java/dev/rekey/ids/DynamoDbMappingTables.java");

    @Test
    void everyClassIsUsedByAnother() {
        var users = users();
        var dead = users.keySet().stream()
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> !typeName(file).equals("package-info"))
                .filter(file -> !MAIN_METHOD.matcher(Repository.text(file)).find())
                .filter(file -> users.entrySet().stream()
                        .noneMatch(other ->
                                !other.getKey().equals(file) && other.getValue().contains(typeName(file))))
                .map(Repository::name)
                .toList();
        assertThat(dead)
                .as("classes that no other class of the product uses")
                .containsExactlyInAnyOrderElementsOf(LIBRARY);
    }

    /** The files of the product and the identifiers in each. */
    private static Map<Path, Set<String>> users() {
        var users = new HashMap<Path, Set<String>>();
        for (var file : Repository.files()) {
            var name = Repository.name(file);
            var isSource = name.endsWith(".java") && name.contains("/src/main/");
            if (isSource || STARTS_CLASSES.matcher(name).matches()) {
                users.put(file, identifiers(file));
            }
        }
        return users;
    }

    private static Set<String> identifiers(Path file) {
        var code = COMMENT.matcher(Repository.text(file)).replaceAll(" ");
        return IDENTIFIER
                .matcher(code)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static String typeName(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }
}
