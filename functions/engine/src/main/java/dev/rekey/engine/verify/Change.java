package dev.rekey.engine.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What became of one attribute of a record that is not as it was written.
 *
 * @param path of the attribute, such as {@code milestones[2].owner}
 * @param before what should stand there: {@code absent}, or the type, with its size where it has elements
 * @param after what stands there, likewise
 * @param beforeValue the value in DynamoDB JSON; empty unless it is an identity or values are asked for
 * @param afterValue likewise
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Change(
        String path, String before, String after, Optional<String> beforeValue, Optional<String> afterValue) {}
