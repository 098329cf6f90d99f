package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.definition.Batcher;
import dev.rekey.interpreter.definition.EvaluationException;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the inputs of child executions from items: selected, and packed into batches where the document says so. */
final class ChildInputs {
    private final Execution execution;
    private final Frame frame;
    private final State.MapState map;

    ChildInputs(Execution execution, Frame frame, State.MapState map) {
        this.execution = execution;
        this.frame = frame;
        this.map = map;
    }

    List<ChildInput> of(InnerBranches.Items items) throws EvaluationException, DataLimitException {
        List<JsonNode> selected = new ArrayList<>();
        for (int index = 0; index < items.values().size(); index++) {
            selected.add(select(items, index));
        }
        Optional<Batcher> batcher = map.distribution().orElseThrow().batcher();
        List<ChildInput> inputs = batcher.isPresent() ? batches(selected, batcher.get()) : single(selected);
        for (ChildInput input : inputs) {
            Limits.text("The input of a child execution of the state '" + map.name() + "'", input.input());
        }
        return inputs;
    }

    private JsonNode select(InnerBranches.Items items, int index) throws EvaluationException {
        JsonNode value = items.values().get(index);
        if (map.input().selector().isEmpty()) {
            return value;
        }
        Optional<String> key = items.keys().map(keys -> keys.get(index).textValue());
        return execution
                .evaluation(frame)
                .withItem(Frame.item(index, value, key))
                .compute(map.input().selector().get());
    }

    private static List<ChildInput> single(List<JsonNode> selected) {
        return selected.stream().map(input -> new ChildInput(1, input)).toList();
    }

    private List<ChildInput> batches(List<JsonNode> selected, Batcher batcher) throws EvaluationException {
        Evaluation evaluation = execution.evaluation(frame);
        long most = evaluation.count(batcher.maxItems(), "MaxItemsPerBatch", Integer.MAX_VALUE);
        long bytes = evaluation.count(batcher.maxInputBytes(), "MaxInputBytesPerBatch", Limits.PAYLOAD_BYTES);
        Optional<JsonNode> batchInput = batcher.batchInput().isPresent()
                ? Optional.of(evaluation.compute(batcher.batchInput().get()))
                : Optional.empty();
        long size = Json.text(input(Json.array(), batchInput)).length();
        List<ChildInput> batches = new ArrayList<>();
        ArrayNode batch = Json.array();
        long filled = size;
        for (JsonNode item : selected) {
            long more = Json.text(item).length() + 1L;
            if (!batch.isEmpty() && (batch.size() >= most || filled + more > bytes)) {
                batches.add(new ChildInput(batch.size(), input(batch, batchInput)));
                batch = Json.array();
                filled = size;
            }
            batch.add(item);
            filled += more;
        }
        if (!batch.isEmpty()) {
            batches.add(new ChildInput(batch.size(), input(batch, batchInput)));
        }
        return batches;
    }

    private static ObjectNode input(ArrayNode items, Optional<JsonNode> batchInput) {
        ObjectNode input = Json.object();
        batchInput.ifPresent(shared -> input.set("BatchInput", shared));
        input.set("Items", items);
        return input;
    }
}
