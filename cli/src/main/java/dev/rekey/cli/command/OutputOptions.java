package dev.rekey.cli.command;

import picocli.CommandLine.Option;

/** Options of every command. */
final class OutputOptions {
    static final String JSON = "--json";
    static final String DEBUG = "--debug";

    @Option(names = JSON, description = "Print one JSON document to standard output, and nothing else.")
    private boolean json;

    @Option(names = DEBUG, description = "Show the stack trace of a failure.")
    private boolean debug;

    boolean json() {
        return json;
    }

    boolean debug() {
        return debug;
    }
}
