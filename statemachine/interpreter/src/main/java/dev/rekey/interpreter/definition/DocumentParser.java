package dev.rekey.interpreter.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** Reads documents and reports everything that is wrong with them at once. */
public final class DocumentParser {
    private static final int LARGEST_BYTES = 1_048_576;
    private static final Set<String> MEMBERS =
            Set.of("Comment", "StartAt", "States", "Version", "TimeoutSeconds", "QueryLanguage");

    private final Predicate<String> knownResource;

    /** {@code knownResource} tells which resources of Task states something stands behind. */
    public DocumentParser(Predicate<String> knownResource) {
        this.knownResource = knownResource;
    }

    /** Reads a document; never fails. */
    public Parsed parse(String text) {
        Findings findings = new Findings();
        if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST_BYTES) {
            findings.schema("/", "The definition is larger than " + LARGEST_BYTES + " bytes.");
        }
        JsonNode tree;
        try {
            tree = Json.parseStrictly(text);
        } catch (JsonProcessingException e) {
            findings.error("INVALID_JSON_DESCRIPTION", "/", "The definition is not JSON: " + e.getMessage());
            return new Parsed(Optional.empty(), findings.all());
        }
        Fields fields = Fields.of(tree, "/", findings).only("a state machine", MEMBERS);
        Document document = document(fields);
        if (!findings.anyError()) {
            Variables.check(document.states(), findings);
        }
        return new Parsed(findings.anyError() ? Optional.empty() : Optional.of(document), findings.all());
    }

    private Document document(Fields fields) {
        String language = fields.text("QueryLanguage").orElse("JSONPath");
        if (!language.equals("JSONata")) {
            fields.findings()
                    .schema(
                            fields.at("QueryLanguage"),
                            "The query language is '" + language + "', but only JSONata is supported."
                                    + " Write \"QueryLanguage\": \"JSONata\" at the top of the document.");
        }
        fields.text("Comment");
        fields.text("Version");
        OptionalLong timeout = fields.integer("TimeoutSeconds", 1, 99_999_999);
        States states = new StatesParser(knownResource).parse(fields);
        return new Document(states, timeout);
    }
}
