package dev.rekey.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.engine.run.ErrorNames;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The document, the functions and the names of errors agree. */
final class WorkflowDocumentTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[A-Za-z]+}");
    private static final Pattern ERROR_NAME = Pattern.compile("\"(Rekey\\.[A-Za-z]+)\"");

    /** Errors of the service that the document retries or catches. */
    private static final Set<String> OF_THE_SERVICE = Set.of(
            "States.ALL",
            "States.Timeout",
            "Lambda.ClientExecutionTimeoutException",
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
            "Lambda.TooManyRequestsException",
            "Lambda.Unknown",
            "Sandbox.Timedout",
            "Runtime.ExitError",
            "Runtime.OutOfMemory",
            "java.lang.OutOfMemoryError",
            "States.ItemReaderFailed",
            "States.ResultWriterFailed",
            "Lambda.SnapStartNotReadyException",
            "SnapStartNotReadyException",
            "Lambda.SnapStartTimeoutException",
            "SnapStartTimeoutException",
            "Lambda.ResourceConflictException",
            "Lambda.ResourceNotReadyException");

    @Test
    void everyPlaceholderOfTheDocumentIsKnown() {
        var used = PLACEHOLDER
                .matcher(WorkflowDocument.template())
                .results()
                .map(match -> match.group())
                .collect(Collectors.toSet());
        var known = Arrays.stream(WorkflowDocument.Step.values())
                .map(WorkflowDocument.Step::placeholder)
                .collect(Collectors.toSet());
        known.addAll(
                Set.of("${Partition}", "${Bucket}", "${Concurrency}", "${TargetTableArns}", "${InPlaceTableArns}"));

        assertThat(used).isEqualTo(known);
        assertThat(WorkflowDocument.document("bucket", 8)).doesNotContain("${");
    }

    @Test
    void everyErrorThatIsRetriedOrCaughtExists() throws Exception {
        var names = new TreeSet<String>();
        collect(new ObjectMapper().readTree(WorkflowDocument.template()), names);

        names.removeAll(OF_THE_SERVICE);
        assertThat(names)
                .containsExactly(ErrorNames.STORE_DENIED, ErrorNames.STORE_THROTTLED, ErrorNames.STORE_UNAVAILABLE);
        assertThat(StoreDenied.class.getName()).isEqualTo(ErrorNames.STORE_DENIED);
        assertThat(StoreThrottled.class.getName()).isEqualTo(ErrorNames.STORE_THROTTLED);
        assertThat(StoreUnavailable.class.getName()).isEqualTo(ErrorNames.STORE_UNAVAILABLE);
    }

    @Test
    void everyErrorThatTheDocumentRaisesIsKnownToItsCallers() {
        var raised = ERROR_NAME
                .matcher(WorkflowDocument.template())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        assertThat(raised).isNotEmpty().isSubsetOf(ErrorNames.OF_EXECUTIONS);
    }

    /** A Map that ended for another reason would do the same again, with all of its children. */
    @Test
    void aMapIsTriedAgainOnlyWhereItsListOrItsResultsCouldNotBeReachedInS3() throws Exception {
        var maps = new ObjectMapper()
                .readTree(WorkflowDocument.template())
                .path("States")
                .valueStream()
                .filter(state -> state.path("Type").asText().equals("Map"))
                .toList();

        assertThat(maps)
                .hasSize(8)
                .allSatisfy(map -> assertThat(map.path("Retry"))
                        .singleElement()
                        .extracting(retry -> retry.path("ErrorEquals").toString())
                        .isEqualTo("[\"States.ItemReaderFailed\",\"States.ResultWriterFailed\"]"));
    }

    private static void collect(JsonNode node, Set<String> names) {
        node.findValues("ErrorEquals").forEach(list -> list.forEach(name -> names.add(name.textValue())));
    }
}
