package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Deployments;
import dev.rekey.cli.deployment.LocalStacks;
import dev.rekey.cli.text.Console;
import dev.rekey.cli.text.Interruption;
import dev.rekey.cli.text.Opener;
import dev.rekey.engine.store.Time;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a command sees of the machine it runs on.
 *
 * @param directory where relative paths begin
 * @param home folder that holds Rekey's own files, if the launcher told
 */
public record Environment(
        Console console,
        Path directory,
        Optional<Path> home,
        Time time,
        RandomGenerator random,
        Deployments deployments,
        LocalStacks localStacks,
        Interruption interruption,
        Opener opener) {

    /** The same machine as a command sees it that another one gives, with streams and stacks of its own. */
    Environment with(Console other, Deployments others) {
        return new Environment(
                other, directory, home, time, random, others, localStacks, new Interruption.Unheard(), opener);
    }
}
