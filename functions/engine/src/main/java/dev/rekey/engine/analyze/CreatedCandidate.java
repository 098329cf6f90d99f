package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.identity.Identity;
import dev.rekey.engine.run.FrozenCreated.Created;
import java.util.Optional;

/**
 * A record that is to be created, as it is written down until all of them are known.
 *
 * @param by the record that refers to it, if that may be merged into another: then it refers to nothing
 * @param ofPart whether that record is in the scope of the run
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record CreatedCandidate(Created created, Optional<Identity> by, boolean ofPart) {}
