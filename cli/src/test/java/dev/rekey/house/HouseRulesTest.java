package dev.rekey.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of the house, and what its logic may not call. Works on the class files of every module. */
class HouseRulesTest {
    private static final String ROOT = "dev.rekey.";

    /** Room of the house to the rooms that it may know. A room is the package below {@code dev.rekey}. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "engine", Set.of(),
            "aws", Set.of("engine"),
            "handlers", Set.of("engine", "aws"),
            "interpreter", Set.of(),
            "examples", Set.of(),
            "local", Set.of("engine", "aws", "handlers", "interpreter"),
            "cli", Set.of("engine", "aws", "handlers", "interpreter", "local", "examples"),
            "bench", Set.of("aws", "handlers", "local", "examples"));

    /**
     * The outermost classes: they read the surroundings, start threads and make clients, and hand all that in. Each is
     * named here, with its package and all its nested classes.
     */
    private static final Set<String> WIRING = Set.of(
            "dev.rekey.aws.turn.SystemTime",
            "dev.rekey.bench",
            "dev.rekey.cli.Main",
            "dev.rekey.cli.wiring",
            "dev.rekey.examples.load",
            "dev.rekey.handlers.Bootstrap",
            "dev.rekey.interpreter.time.SystemTimers",
            "dev.rekey.local.Startup",
            "dev.rekey.local.child",
            "dev.rekey.local.stepfunctions.S3Connection",
            "dev.rekey.local.stepfunctions.S3ObjectStore");

    private static final Pattern BANNED = Pattern.compile(Stream.of(
                    "java.time.(Instant|LocalDate|LocalDateTime|LocalTime|ZonedDateTime|OffsetDateTime).now",
                    "java.time.Clock.system.*",
                    "java.time.InstantSource.system",
                    "java.lang.System.(currentTimeMillis|nanoTime|getenv|getProperty|exit)",
                    "java.util.UUID.randomUUID",
                    "java.lang.Math.random",
                    "java.util.Random.<init>\\(\\)",
                    "java.security.SecureRandom.*",
                    "java.util.concurrent.ThreadLocalRandom.*",
                    "java.util.random.RandomGenerator.getDefault",
                    "java.lang.Thread.sleep",
                    "java.util.concurrent.TimeUnit.sleep",
                    "java.lang.Runtime.(exit|halt|getRuntime)",
                    "java.lang.Throwable.printStackTrace",
                    "java.lang.(Exception|RuntimeException|Error).printStackTrace")
            .map(call -> call.endsWith("\\)") ? call : call + "\\(.*")
            .collect(Collectors.joining("|")));

    private static final Pattern THREADS =
            Pattern.compile("java\\.lang\\.Thread\\.(?!currentThread|interrupt|isInterrupted).*"
                    + "|java\\.util\\.concurrent\\.(Executors|ForkJoinPool|StructuredTaskScope)\\..*"
                    + "|java\\.util\\.concurrent\\.CompletableFuture\\.\\w+Async\\(.*"
                    + "|java\\.util\\.Timer\\..*"
                    + "|.*\\.parallel(Stream)?\\(\\)");

    private static final Pattern VAGUE_PACKAGE =
            Pattern.compile("utils?|common|commons|model|models|manager|managers|helper|helpers|misc|shared|impl|base");
    private static final Pattern VAGUE_CLASS = Pattern.compile(".*(Utils?|Manager|Helpers?|Impl|Processor)");

    private static final JavaClasses CLASSES = imported("target/classes");

    @Test
    void theClassesOfEveryModuleAreRead() {
        assertThat(CLASSES).extracting(JavaClass::getName).contains("dev.rekey.cli.Main");
        assertThat(rooms()).contains("engine", "cli").allMatch(ARROWS::containsKey, "a room with arrows");
    }

    @Test
    void arrowsPointOneWay() {
        var wrong = CLASSES.stream()
                .flatMap(from -> from.getDirectDependenciesFromSelf().stream())
                .filter(arrow -> arrow.getTargetClass().getPackageName().startsWith(ROOT))
                .filter(arrow -> !mayKnow(room(arrow.getOriginClass()), room(arrow.getTargetClass())))
                .map(arrow -> arrow.getDescription())
                .toList();
        assertThat(wrong).as("dependencies against the arrows of the house").isEmpty();
    }

    @Test
    void theEngineUsesOnlyTheValueTypesOfTheSdk() {
        noClasses()
                .that()
                .resideInAPackage("dev.rekey.engine..")
                .should()
                .dependOnClassesThat(resideInAPackage("software.amazon.awssdk..")
                        .and(DescribedPredicate.not(resideInAPackage("software.amazon.awssdk.services.dynamodb.model")))
                        .and(DescribedPredicate.not(
                                nameMatching("software\\.amazon\\.awssdk\\.core\\.(SdkBytes|BytesWrapper)"
                                        + "|software\\.amazon\\.awssdk\\.core\\.util\\..*"))))
                .check(CLASSES);
    }

    @Test
    void theInterpreterKnowsNoSdk() {
        noClasses()
                .that()
                .resideInAPackage("dev.rekey.interpreter..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..", "com.amazonaws..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void clientsAreUsedOnlyBehindThePortsAndMadeOnlyInTheWiring() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage("dev.rekey.aws.."))
                        .and(notWiring()))
                .should()
                .dependOnClassesThat(nameMatching("software\\.amazon\\.awssdk\\.services\\..*Client(Builder)?"
                        + "|software\\.amazon\\.awssdk\\.(http|auth|regions)\\..*"))
                .check(CLASSES);
    }

    @Test
    void logicReadsNoClockNoChanceAndNoSurroundings() {
        noClasses()
                .that(notWiring())
                .should()
                .accessTargetWhere(calls(BANNED))
                .orShould()
                .accessTargetWhere(calls(Pattern.compile("java\\.lang\\.System\\.(out|err|in)")))
                .because("time, randomness and surroundings are handed in; WIRING names the classes that may")
                .check(CLASSES);
    }

    @Test
    void theEngineStartsNoThread() {
        noClasses()
                .that()
                .resideInAPackage("dev.rekey.engine..")
                .should()
                .accessTargetWhere(calls(THREADS))
                .because("concurrency is a port, so that a seed can drive it")
                .check(CLASSES);
    }

    @Test
    void packagesAndClassesSayWhatTheyAreAbout() {
        var vague = new TreeSet<String>();
        for (var each : CLASSES) {
            Stream.of(each.getPackageName().split("\\.", -1))
                    .filter(part -> VAGUE_PACKAGE.matcher(part).matches())
                    .forEach(part -> vague.add(each.getPackageName()));
            if (VAGUE_CLASS.matcher(each.getSimpleName()).matches()) {
                vague.add(each.getName());
            }
        }
        assertThat(vague).as("names that say nothing").isEmpty();
    }

    /** Tests among them: else the proofs prove something else than what ships. */
    @Test
    void onlyTheWorkflowAssemblesSegmentWork() {
        var segmentWork = ROOT + "engine.checkpoint.SegmentWork";
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "engine.workflow..", ROOT + "engine.trial..", ROOT + "engine.checkpoint..")
                .should()
                .callConstructorWhere(DescribedPredicate.describe(
                        "makes segment work",
                        call -> call.getTargetOwner().getName().equals(segmentWork)))
                .check(imported("target/classes", "target/test-classes"));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void packagesFormNoCycles(String room) {
        slices().matching(ROOT + room + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    static Set<String> rooms() {
        var rooms = new TreeSet<String>();
        CLASSES.forEach(each -> rooms.add(room(each)));
        return rooms;
    }

    private static boolean mayKnow(String from, String to) {
        return from.equals(to) || ARROWS.get(from).contains(to);
    }

    private static String room(JavaClass each) {
        return each.getPackageName().split("\\.", -1)[2];
    }

    private static DescribedPredicate<JavaClass> notWiring() {
        return DescribedPredicate.describe(
                "are not wiring",
                each -> Stream.of(each.getName())
                        .noneMatch(name -> WIRING.stream()
                                .anyMatch(wired -> name.equals(wired)
                                        || name.startsWith(wired + "$")
                                        || name.startsWith(wired + "."))));
    }

    private static DescribedPredicate<JavaAccess<?>> calls(Pattern pattern) {
        return DescribedPredicate.describe(
                "is banned",
                access -> pattern.matcher(access.getTarget().getFullName()).matches());
    }

    private static JavaClasses imported(String... places) {
        var folders = new ArrayList<Path>();
        for (var module : Repository.modules()) {
            Stream.of(places).map(module::resolve).filter(Files::isDirectory).forEach(folders::add);
        }
        return new ClassFileImporter().importPaths(List.copyOf(folders));
    }
}
