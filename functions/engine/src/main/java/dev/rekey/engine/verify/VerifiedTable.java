package dev.rekey.engine.verify;

import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.RunContext;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One table whose records are verified. */
record VerifiedTable(
        TablePlan plan, RecordMapping mapping, Function<Map<String, AttributeValue>, MappingOutcome> copying) {
    static VerifiedTable of(RunContext run, TableName name) {
        return new VerifiedTable(run.plan().table(name), run.mapping(name), run.copying(name));
    }

    TableName name() {
        return plan.name();
    }
}
