package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.api.MapRunStatus;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.Writer;
import dev.rekey.interpreter.ports.ObjectAddress;
import dev.rekey.interpreter.ports.ObjectStoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** What a Map Run gives back: its children's outputs, or the address of the files that hold them. Blocks. */
final class Results {
    private final Workshop workshop;
    private final MapRunState state;
    private final IntFunction<Optional<Progress>> children;

    Results(Workshop workshop, MapRunState state, IntFunction<Optional<Progress>> children) {
        this.workshop = workshop;
        this.state = state;
        this.children = children;
    }

    private enum Group {
        SUCCEEDED,
        FAILED,
        PENDING
    }

    JsonNode write(MapRunStatus status) throws ObjectStoreException {
        if (state.plan().results().bucket().isPresent()) {
            return files(state.plan().results().bucket().get());
        }
        return status == MapRunStatus.FAILED ? Json.array() : outputs();
    }

    private ArrayNode outputs() {
        ArrayNode outputs = Json.array();
        for (int index = 0; index < state.size(); index++) {
            if (group(index) == Group.SUCCEEDED) {
                children.apply(index).flatMap(Progress::output).ifPresent(output -> add(outputs, output));
            }
        }
        return outputs;
    }

    private void add(ArrayNode outputs, JsonNode output) {
        if (state.plan().results().transformation() == Writer.Transformation.FLATTEN
                && output instanceof ArrayNode elements) {
            outputs.addAll(elements);
        } else {
            outputs.add(output);
        }
    }

    private Group group(int index) {
        return switch (state.status(index)) {
            case SUCCEEDED -> Group.SUCCEEDED;
            case PENDING, RUNNING -> Group.PENDING;
            case FAILED, TIMED_OUT, ABORTED -> Group.FAILED;
        };
    }

    private JsonNode files(String bucket) throws ObjectStoreException {
        String arn = state.plan().arn();
        String folder = state.plan().results().prefix().replaceAll("/+$", "");
        String base = (folder.isEmpty() ? "" : folder + "/") + arn.substring(arn.lastIndexOf(':') + 1) + "/";
        ObjectNode manifest = Json.object().put("DestinationBucket", bucket).put("MapRunArn", arn);
        ObjectNode resultFiles = manifest.putObject("ResultFiles");
        Map<Group, List<JsonNode>> records = records();
        for (Group group : List.of(Group.FAILED, Group.PENDING, Group.SUCCEEDED)) {
            ArrayNode listed = resultFiles.putArray(group.name());
            List<JsonNode> content = records.get(group);
            if (!content.isEmpty()) {
                byte[] bytes = file(content).getBytes(StandardCharsets.UTF_8);
                String key = base + group + "_0." + (isLines() ? "jsonl" : "json");
                workshop.objects().write(new ObjectAddress(bucket, key), bytes);
                listed.addObject().put("Key", key).put("Size", bytes.length);
            }
        }
        String key = base + "manifest.json";
        workshop.objects()
                .write(new ObjectAddress(bucket, key), Json.text(manifest).getBytes(StandardCharsets.UTF_8));
        ObjectNode output = Json.object().put("MapRunArn", arn);
        output.putObject("ResultWriterDetails").put("Bucket", bucket).put("Key", key);
        return output;
    }

    private Map<Group, List<JsonNode>> records() {
        Map<Group, List<JsonNode>> records = new EnumMap<>(Group.class);
        for (Group group : Group.values()) {
            records.put(group, new ArrayList<>());
        }
        for (int index = 0; index < state.size(); index++) {
            Group group = group(index);
            Optional<Progress> child = group == Group.PENDING ? Optional.empty() : children.apply(index);
            if (group == Group.SUCCEEDED && state.plan().results().transformation() != Writer.Transformation.NONE) {
                ArrayNode outputs = Json.array();
                child.flatMap(Progress::output).ifPresent(output -> add(outputs, output));
                outputs.forEach(records.get(group)::add);
            } else {
                records.get(group).add(child.map(this::record).orElse(pending(index)));
            }
        }
        return records;
    }

    private ObjectNode record(Progress child) {
        ObjectNode record =
                Json.object().put("ExecutionArn", child.identity().arn()).put("Input", Json.text(child.input()));
        record.putObject("InputDetails").put("Included", true);
        record.put("Name", child.identity().name());
        child.output().ifPresent(output -> {
            record.put("Output", Json.text(output));
            record.putObject("OutputDetails").put("Included", true);
        });
        child.error().ifPresent(error -> record.put("Error", error));
        child.cause().ifPresent(cause -> record.put("Cause", cause));
        record.put("RedriveCount", child.redriveCount())
                .put("StartDate", child.started().toString())
                .put("StateMachineArn", child.identity().stateMachineArn())
                .put("Status", child.status().name());
        child.stopped().ifPresent(time -> record.put("StopDate", time.toString()));
        return record;
    }

    private ObjectNode pending(int index) {
        ObjectNode record =
                Json.object().put("Input", Json.text(state.child(index).input()));
        record.putObject("InputDetails").put("Included", true);
        return record.put("Status", "PENDING");
    }

    private boolean isLines() {
        return state.plan().results().lines() == Writer.Lines.JSONL;
    }

    private String file(List<JsonNode> records) {
        List<String> texts = records.stream().map(Json::text).toList();
        return isLines() ? String.join("\n", texts) + "\n" : "[" + String.join(",", texts) + "]";
    }
}
