package dev.rekey.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** What the sources of every module look like: sizes, tests that run, exhaustive switches. */
class SourceRulesTest {
    private static final int LONGEST_FILE = 400;
    private static final int LONGEST_METHOD = 70;
    private static final Set<String> TEST_ANNOTATIONS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate");
    private static final Set<String> SKIPS = Set.of("Disabled", "Ignore");
    private static final Pattern ASSUMPTION =
            Pattern.compile("\\bassum(e|ing)That\\(|\\bassume(True|False)\\(|DisabledIf|EnabledIf");
    private static final Pattern TEST_NAME = Pattern.compile(".*(Test|Contract)");

    private static final List<Source> SOURCES = Source.all();

    @Test
    void everyModuleIsRead() {
        assertThat(SOURCES)
                .extracting(Source::name)
                .contains(
                        "cli/src/main/java/dev/rekey/cli/Main.java",
                        "functions/core/src/main/java/dev/rekey/core/plan/Plan.java");
    }

    @Test
    void filesAreShort() {
        assertThat(SOURCES)
                .filteredOn(source -> source.lines() > LONGEST_FILE)
                .extracting(source -> source.name() + " has " + source.lines() + " lines")
                .as("files of more than %d lines", LONGEST_FILE)
                .isEmpty();
    }

    @Test
    void methodsAreShort() {
        var tooLong = SOURCES.stream()
                .flatMap(source -> source.methods().stream()
                        .filter(method -> source.lines(method) > LONGEST_METHOD)
                        .map(method -> source.at(method) + " " + method.getName() + " has " + source.lines(method)))
                .toList();
        assertThat(tooLong).as("methods of more than %d lines", LONGEST_METHOD).isEmpty();
    }

    @Test
    void aFileDeclaresTheTypeItIsNamedAfterInThePackageItLiesIn() {
        assertThat(SOURCES)
                .filteredOn(source -> !source.name()
                        .endsWith("/java/" + packageName(source).replace('.', '/') + "/" + source.typeName() + ".java"))
                .extracting(Source::name)
                .isEmpty();
    }

    @Test
    void noTestIsSkipped() {
        var skipped = SOURCES.stream()
                .filter(Source::isTest)
                .filter(source -> !source.typeName().equals("SourceRulesTest"))
                .filter(source -> source.trees(AnnotationTree.class).stream()
                                .anyMatch(found ->
                                        SKIPS.contains(found.getAnnotationType().toString()))
                        || ASSUMPTION.matcher(Repository.text(source.file())).find())
                .map(Source::name);
        assertThat(skipped).as("tests that may not run").isEmpty();
    }

    @Test
    void everyTestClassHasATestAndEveryTestIsFound() {
        var hidden = testSources(source ->
                hasTests(source) && !TEST_NAME.matcher(source.typeName()).matches());
        assertThat(hidden)
                .as("tests that Maven does not find: name the class *Test")
                .isEmpty();
        var hollow =
                testSources(source -> source.typeName().endsWith("Test") && !hasTests(source) && !inherits(source));
        assertThat(hollow).as("test classes without a @Test").isEmpty();
    }

    @Test
    void everyTestDoesSomething() {
        var idle = SOURCES.stream()
                .flatMap(source -> source.methods().stream()
                        .filter(SourceRulesTest::isTest)
                        .filter(method -> method.getBody() != null
                                && method.getBody().getStatements().isEmpty())
                        .map(source::at));
        assertThat(idle).as("empty tests").isEmpty();
    }

    /** A new kind of a sealed type shall break every switch that forgets it; a default would hide it. */
    @Test
    void switchesOverOurSealedTypesHaveNoDefault() {
        var kinds = kindsOfSealedTypes();
        var open = SOURCES.stream()
                .flatMap(source -> switches(source)
                        .filter(cases ->
                                hasDefault(cases) && patternTypes(cases).anyMatch(kinds::contains))
                        .map(cases -> source.at(cases.getFirst())));
        assertThat(open).as("switches with a default over a sealed type").isEmpty();
    }

    private static String packageName(Source source) {
        return source.unit().getPackageName() == null
                ? ""
                : source.unit().getPackageName().toString();
    }

    private static List<String> testSources(Predicate<Source> condition) {
        return SOURCES.stream()
                .filter(Source::isTest)
                .filter(condition)
                .map(Source::name)
                .toList();
    }

    private static boolean hasTests(Source source) {
        return source.methods().stream().anyMatch(SourceRulesTest::isTest);
    }

    private static boolean isTest(MethodTree method) {
        return !Collections.disjoint(Source.annotations(method), TEST_ANNOTATIONS);
    }

    private static boolean inherits(Source source) {
        return source.types().stream()
                .map(ClassTree::getExtendsClause)
                .anyMatch(parent -> parent != null && parent.toString().matches(".*Contract(<.*>)?"));
    }

    /** Simple names of the types that implement a sealed type of ours: those nested in one and those that name one. */
    private static Set<String> kindsOfSealedTypes() {
        var types = SOURCES.stream().flatMap(source -> source.types().stream()).toList();
        var sealed = types.stream()
                .filter(type -> type.getModifiers().getFlags().contains(Modifier.SEALED))
                .map(type -> type.getSimpleName().toString())
                .collect(Collectors.toSet());
        return types.stream()
                .filter(type -> supertypes(type).anyMatch(sealed::contains))
                .map(type -> type.getSimpleName().toString())
                .collect(Collectors.toSet());
    }

    private static Stream<String> supertypes(ClassTree type) {
        return Stream.concat(Stream.ofNullable(type.getExtendsClause()), type.getImplementsClause().stream())
                .map(SourceRulesTest::simpleName);
    }

    private static Stream<List<? extends CaseTree>> switches(Source source) {
        return Stream.concat(
                source.trees(SwitchTree.class).stream().map(SwitchTree::getCases),
                source.trees(SwitchExpressionTree.class).stream().map(SwitchExpressionTree::getCases));
    }

    private static boolean hasDefault(List<? extends CaseTree> cases) {
        return cases.stream().flatMap(one -> one.getLabels().stream()).anyMatch(DefaultCaseLabelTree.class::isInstance);
    }

    private static Stream<String> patternTypes(List<? extends CaseTree> cases) {
        return cases.stream()
                .flatMap(one -> one.getLabels().stream())
                .filter(PatternCaseLabelTree.class::isInstance)
                .map(label -> ((PatternCaseLabelTree) label).getPattern())
                .flatMap(pattern -> typeOf(pattern).stream())
                .map(SourceRulesTest::simpleName);
    }

    private static Optional<Tree> typeOf(Tree pattern) {
        if (pattern instanceof BindingPatternTree binding) {
            return Optional.of(binding.getVariable().getType());
        }
        if (pattern instanceof DeconstructionPatternTree deconstruction) {
            return Optional.of(deconstruction.getDeconstructor());
        }
        return Optional.empty();
    }

    private static String simpleName(Tree type) {
        var name = type.toString().replaceAll("<.*", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
