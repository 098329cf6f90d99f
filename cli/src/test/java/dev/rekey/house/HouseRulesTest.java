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
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    /** Module to the modules that it may know. A module is the package below {@code dev.rekey}. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("core", Set.of()),
            Map.entry("engine", Set.of("core")),
            Map.entry("ids", Set.of("core")),
            Map.entry("aws", Set.of("core", "engine")),
            Map.entry("handlers", Set.of("core", "engine", "aws")),
            Map.entry("console", Set.of("core", "engine")),
            Map.entry("interpreter", Set.of()),
            Map.entry("examples", Set.of()),
            Map.entry("local", Set.of("core", "engine", "aws", "handlers", "interpreter")),
            Map.entry(
                    "cli", Set.of("core", "engine", "aws", "handlers", "console", "interpreter", "local", "examples")),
            Map.entry("bench", Set.of("core", "engine", "aws", "handlers", "local", "examples")),
            Map.entry("dist", Set.of("aws", "cli")));

    /** The rooms of a module, from the bottom: a room knows only rooms that stand before it. */
    private static final Map<String, List<String>> ROOMS = Map.of(
            "core", List.of("item", "plan", "format", "identity", "mapping"),
            "engine",
                    List.of(
                            "store",
                            "run",
                            "scan",
                            "segment",
                            "log",
                            "undo",
                            "forecast",
                            "earlier",
                            "join",
                            "migrate",
                            "analyze",
                            "verify",
                            "report",
                            "page",
                            "draft",
                            "tables",
                            "workflow",
                            "status"),
            "interpreter", List.of("ports", "definition", "api", "execution"),
            "cli", List.of("exit", "deployment", "text", "command", ""));

    /** The outermost classes, with their nested ones: they read the surroundings, start threads and make clients. */
    private static final Set<String> WIRING = Set.of(
            "dev.rekey.aws.invocation.SystemTime",
            "dev.rekey.bench",
            "dev.rekey.cli.Main",
            "dev.rekey.cli.ProcessInterruption",
            "dev.rekey.cli.SystemOpener",
            "dev.rekey.cli.deployment.wiring",
            "dev.rekey.examples.load",
            "dev.rekey.handlers.Bootstrap",
            "dev.rekey.ids.DynamoDbMappingTables",
            "dev.rekey.interpreter.ports.SystemTimers",
            "dev.rekey.local.Startup",
            "dev.rekey.local.child",
            "dev.rekey.local.stepfunctions.S3Connection",
            "dev.rekey.local.stepfunctions.S3ObjectStore",
            "dev.rekey.local.stores.KeptClasses");

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

    private static final Pattern KINDS_OF_WORK =
            Pattern.compile("dev\\.rekey\\.(core\\.plan\\.(TableName|TablePlan|Plan)|engine\\.run\\.RunContext)\\."
                    + "(isInPlace|isCreated|isMergedAway|isGone|isWrittenInPlace|isRest|isPart|changesInPlace)\\(.*");

    private static final int MOST_KINDS_ASKED = 83;

    /** Of all pairs of rooms of the engine, in percent: this number may fall and not rise. */
    private static final int MOST_ARROWS = 63;

    /** How many types each of these rooms of the engine shows to other rooms: these numbers may fall and not rise. */
    private static final Map<String, Integer> MOST_SHOWN = Map.of("analyze", 29, "forecast", 5, "log", 20, "undo", 13);

    private static final Set<String> SHIPPED = Set.of("core", "engine", "ids", "aws", "handlers", "cli");

    private static final Pattern VAGUE_PACKAGE =
            Pattern.compile("utils?|common|commons|model|models|manager|managers|helper|helpers|misc|shared|impl|base");
    private static final Pattern VAGUE_CLASS = Pattern.compile(".*(Utils?|Manager|Helpers?|Impl|Processor)");

    private static final JavaClasses CLASSES = imported("target/classes");

    @Test
    void theClassesOfEveryModuleAreRead() {
        assertThat(CLASSES).extracting(JavaClass::getName).contains("dev.rekey.cli.Main");
        assertThat(modules()).contains("engine", "cli").allMatch(ARROWS::containsKey, "a module with arrows");
    }

    @Test
    void arrowsPointOneWay() {
        var wrong = CLASSES.stream()
                .flatMap(from -> from.getDirectDependenciesFromSelf().stream())
                .filter(arrow -> arrow.getTargetClass().getPackageName().startsWith(ROOT))
                .filter(arrow -> !mayKnow(module(arrow.getOriginClass()), module(arrow.getTargetClass())))
                .map(arrow -> arrow.getDescription())
                .toList();
        assertThat(wrong).as("dependencies against the arrows of the house").isEmpty();
    }

    @Test
    void theEngineUsesOnlyTheValueTypesOfTheSdk() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.rekey.core..", "dev.rekey.engine..")
                .should()
                .dependOnClassesThat(resideInAPackage("software.amazon.awssdk..")
                        .and(DescribedPredicate.not(resideInAPackage("software.amazon.awssdk.services.dynamodb.model")))
                        .and(DescribedPredicate.not(
                                nameMatching("software\\.amazon\\.awssdk\\.core\\.(SdkBytes|BytesWrapper)"
                                        + "|software\\.amazon\\.awssdk\\.core\\.util\\..*"))))
                .check(CLASSES);
    }

    /** What is done with a table is a case of {@code workflow.KindOfWork}; this number may fall and not rise. */
    @Test
    void theEngineSeldomAsksForTheKindOfWork() {
        var asks = CLASSES.that(resideInAPackage("dev.rekey.engine..")).stream()
                .flatMap(one -> Stream.concat(
                        one.getMethodCallsFromSelf().stream(), one.getMethodReferencesFromSelf().stream()))
                .filter(ask ->
                        KINDS_OF_WORK.matcher(ask.getTarget().getFullName()).matches())
                .map(ask -> ask.getDescription())
                .toList();
        assertThat(asks).as("questions for the kind of work").hasSizeBetween(1, MOST_KINDS_ASKED);
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
                .resideInAnyPackage("dev.rekey.core..", "dev.rekey.engine..")
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

    /** Of what ships; the interpreter has the words of Step Functions. */
    @Test
    void noTwoTypesHaveOneName() {
        var twice = CLASSES.stream()
                .filter(each -> !each.getEnclosingClass().isPresent())
                .filter(each -> SHIPPED.contains(module(each)))
                .filter(each -> !each.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getSimpleName))
                .values()
                .stream()
                .filter(named -> named.size() > 1)
                .map(named -> named.stream().map(JavaClass::getName).sorted().toList())
                .toList();
        assertThat(twice).as("top-level types of one name").isEmpty();
    }

    /** A reader, and a test runner, take what ends so for a test. */
    @Test
    void noClassThatShipsIsNamedLikeATest() {
        assertThat(CLASSES)
                .extracting(JavaClass::getSimpleName)
                .noneMatch(name -> name.endsWith("Test") || name.endsWith("Tests"));
    }

    /** Tests among them: else the proofs prove something else than what ships. */
    @Test
    void onlyTheWorkflowAssemblesSegmentWork() {
        var segmentWork = ROOT + "engine.segment.SegmentWork";
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "engine.workflow..", ROOT + "engine.segment..")
                .should()
                .callConstructorWhere(DescribedPredicate.describe(
                        "makes segment work",
                        call -> call.getTargetOwner().getName().equals(segmentWork)))
                .check(imported("target/classes", "target/test-classes"));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void roomsFormNoCycles(String module) {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass each) {
                        return each.getPackageName().startsWith(ROOT)
                                        && module(each).equals(module)
                                ? SliceIdentifier.of(room(each))
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "rooms of " + module;
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void aRoomKnowsOnlyRoomsBelowIt() {
        var wrong = CLASSES.stream()
                .filter(each -> ROOMS.containsKey(module(each)))
                .flatMap(from -> from.getDirectDependenciesFromSelf().stream())
                .filter(arrow -> arrow.getTargetClass().getPackageName().startsWith(ROOT))
                .filter(arrow -> module(arrow.getOriginClass()).equals(module(arrow.getTargetClass())))
                .filter(arrow -> floor(arrow.getOriginClass()) < floor(arrow.getTargetClass()))
                .map(arrow -> arrow.getDescription())
                .toList();
        assertThat(wrong).as("dependencies on a room above").isEmpty();
    }

    @Test
    void roomsOfTheEngineKnowFewOthersAndShowFewTypes() {
        var arrows = new TreeMap<String, Set<String>>();
        var faces = new TreeMap<String, Set<String>>();
        var engine = CLASSES.that(resideInAPackage("dev.rekey.engine.."));
        engine.forEach(each -> arrows.computeIfAbsent(room(each), _ -> new TreeSet<>()));
        for (var each : engine) {
            for (var arrow : each.getDirectDependenciesFromSelf()) {
                var target = arrow.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith(ROOT + "engine.")
                        && !room(target).equals(room(each))) {
                    arrows.get(room(each)).add(room(target));
                    faces.computeIfAbsent(room(target), _ -> new TreeSet<>()).add(outermost(target));
                }
            }
        }
        var count = arrows.values().stream().mapToInt(Set::size).sum();
        var pairs = arrows.size() * (arrows.size() - 1) / 2;
        System.out.printf("rooms of the engine: %d, arrows: %d of %d pairs%n", arrows.size(), count, pairs);
        arrows.forEach((room, known) -> System.out.printf(
                "  %s shows %d types, knows %s%n",
                room, faces.getOrDefault(room, Set.of()).size(), known));
        assertThat(100 * count / pairs).as("arrows in percent of pairs").isBetween(1, MOST_ARROWS);
        MOST_SHOWN.forEach((room, most) ->
                assertThat(faces.get(room)).as("types that %s shows", room).hasSizeBetween(1, most));
    }

    static Set<String> modules() {
        var modules = new TreeSet<String>();
        CLASSES.forEach(each -> modules.add(module(each)));
        return modules;
    }

    private static int floor(JavaClass each) {
        var floor = ROOMS.get(module(each)).indexOf(room(each));
        assertThat(floor).as("the room of %s", each.getName()).isNotNegative();
        return floor;
    }

    private static boolean mayKnow(String from, String to) {
        return from.equals(to) || ARROWS.get(from).contains(to);
    }

    private static String module(JavaClass each) {
        return each.getPackageName().split("\\.", -1)[2];
    }

    private static String outermost(JavaClass each) {
        return each.getEnclosingClass().map(HouseRulesTest::outermost).orElseGet(each::getSimpleName);
    }

    /** Empty for the classes of a module's root package. */
    private static String room(JavaClass each) {
        var parts = each.getPackageName().split("\\.", -1);
        return parts.length > 3 ? parts[3] : "";
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
