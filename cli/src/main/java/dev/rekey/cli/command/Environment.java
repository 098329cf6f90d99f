package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Account;
import dev.rekey.cli.deployment.Deployments;
import dev.rekey.cli.deployment.LocalStacks;
import dev.rekey.cli.text.Console;
import dev.rekey.cli.text.Interruption;
import dev.rekey.cli.text.Opener;
import dev.rekey.engine.run.Caller;
import dev.rekey.engine.store.Time;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a command sees of the machine it runs on. */
public record Environment(
        Terminal terminal,
        Folders folders,
        Time time,
        RandomGenerator random,
        Deployments deployments,
        LocalStacks localStacks) {

    /** What the user sits at. */
    public record Terminal(Console console, Interruption interruption, Opener opener) {}

    /**
     * Where files lie.
     *
     * @param directory where relative paths begin
     * @param home folder that holds Rekey's own files, if the launcher told
     */
    public record Folders(Path directory, Optional<Path> home) {}

    public Console console() {
        return terminal.console;
    }

    public Path directory() {
        return folders.directory;
    }

    public Optional<Path> home() {
        return folders.home;
    }

    public Interruption interruption() {
        return terminal.interruption;
    }

    public Opener opener() {
        return terminal.opener;
    }

    /** Who gives this command, for ledgers and reports. */
    Caller caller(Account account) {
        return caller(account, "command line");
    }

    /** @param from what of ours was used */
    Caller caller(Account account, String from) {
        return new Caller(account.identity(), from, RekeyCommand.Version.number());
    }

    /** The same machine as a command sees it that another one gives, with streams and stacks of its own. */
    Environment with(Console other, Deployments others) {
        var quiet = new Terminal(other, new Interruption.Unheard(), terminal.opener);
        return new Environment(quiet, folders, time, random, others, localStacks);
    }
}
