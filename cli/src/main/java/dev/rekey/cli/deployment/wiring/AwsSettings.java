package dev.rekey.cli.deployment.wiring;

import dev.rekey.cli.deployment.StackLocation;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.core.item.Wording;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What the clients of AWS take from the user's settings.
 *
 * @param region empty if nothing says which
 * @param profile that is asked for by name
 * @param profiles that the shared configuration has
 */
record AwsSettings(Optional<String> region, Optional<String> profile, SortedSet<String> profiles) {

    /**
     * @param local where a variable of the environment points to a stack on this machine
     * @throws CommandFailure that says everything that is missing
     */
    void check(StackLocation.Aws place, Optional<String> local) {
        var facts = new ArrayList<String>();
        var steps = new ArrayList<String>();
        if (region.isEmpty()) {
            facts.add("no region is set");
            steps.add("Use --region or set AWS_REGION.");
        }
        profile.filter(name -> !profiles.contains(name)).ifPresent(name -> {
            facts.add("the profile does not exist: \"" + name + "\"");
            steps.add(
                    profiles.isEmpty()
                            ? "Set one up: aws configure --profile " + name + "."
                            : "Use one of the profiles: " + Wording.list(profiles) + ".");
        });
        if (!facts.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "NotConfigured",
                    "Cannot find the stack " + place.stack() + ": " + String.join(", and ", facts)
                            + ". Nothing was started. " + String.join(" ", steps) + hint(local));
        }
    }

    /** For a user who has set the variables that {@code rekey up} prints, and forgets the option. */
    static String hint(Optional<String> local) {
        return local.map(at -> " For the local stack that " + at + " names, use --local.")
                .orElse("");
    }
}
