package dev.rekey.core.plan.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/plan.md} describes every option of the schema, and its example is a plan. */
class PlanReferenceTest {
    private static final Path REFERENCE = Path.of("../../docs/reference/plan.md");

    @Test
    void everyOptionOfTheSchemaIsDescribed() throws Exception {
        var schema = new ObjectMapper().readTree(GoldenFiles.text(Path.of("../../docs/reference/plan.schema.json")));
        var options = new TreeSet<String>();
        collect(schema, options);
        var reference = GoldenFiles.text(REFERENCE);
        assertThat(options)
                .hasSizeGreaterThan(20)
                .allSatisfy(option -> assertThat(reference).contains("`" + option + "`"));
    }

    @Test
    void theExampleIsAValidPlan() {
        var example = Pattern.compile("```yaml\n(# yaml.*?)```", Pattern.DOTALL).matcher(GoldenFiles.text(REFERENCE));
        assertThat(example.find()).isTrue();
        assertThat(PlanReader.read(example.group(1))).isInstanceOf(PlanReading.Valid.class);
    }

    private static void collect(JsonNode schema, Set<String> options) {
        schema.path("properties").properties().forEach(property -> options.add(property.getKey()));
        schema.forEach(inner -> collect(inner, options));
    }
}
