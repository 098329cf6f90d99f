package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.definition.Json;
import java.util.Optional;

/**
 * Which execution it is and what it runs.
 *
 * @param revision of the state machine's definition
 * @param child present for a child of a Map Run
 */
record Identity(
        String arn,
        String name,
        String stateMachineArn,
        String stateMachineName,
        String roleArn,
        String revision,
        Optional<Child> child) {

    /**
     * A child's place.
     *
     * @param mapState the name of the Map state whose processor it runs
     * @param items how many items it works on
     */
    record Child(String mapRunArn, String mapState, int index, int items) {}

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("arn", arn)
                .put("name", name)
                .put("stateMachineArn", stateMachineArn)
                .put("stateMachineName", stateMachineName)
                .put("roleArn", roleArn)
                .put("revision", revision);
        child.ifPresent(place -> json.putObject("child")
                .put("mapRunArn", place.mapRunArn)
                .put("mapState", place.mapState)
                .put("index", place.index)
                .put("items", place.items));
        return json;
    }

    static Identity fromJson(ObjectNode json) {
        return new Identity(
                json.get("arn").textValue(),
                json.get("name").textValue(),
                json.get("stateMachineArn").textValue(),
                json.get("stateMachineName").textValue(),
                json.get("roleArn").textValue(),
                json.get("revision").textValue(),
                Optional.ofNullable(json.get("child"))
                        .map(place -> new Child(
                                place.get("mapRunArn").textValue(),
                                place.get("mapState").textValue(),
                                place.get("index").intValue(),
                                place.get("items").intValue())));
    }
}
