package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * A part of the records of one partition key value, in order of their sort keys.
 *
 * @param after key as typed JSON that it begins after; empty for the first of the partition key value
 * @param until key as typed JSON that it ends with
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Range(Optional<String> after, String until) {}
