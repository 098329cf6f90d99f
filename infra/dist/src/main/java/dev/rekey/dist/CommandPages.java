package dev.rekey.dist;

import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.cli.command.Environment;
import dev.rekey.cli.command.RekeyCommand;
import dev.rekey.cli.text.Console;
import dev.rekey.cli.text.Interruption;
import dev.rekey.cli.text.Wrapping;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import picocli.AutoComplete;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes the completion for shells, and the man pages as AsciiDoc, of the command line as it is. */
public final class CommandPages {
    private CommandPages() {}

    /** @param folders for the completion, for the pages */
    public static void main(String[] folders) throws IOException {
        var line = RekeyCommand.line(describing());
        var completion = Path.of(folders[0]);
        Files.createDirectories(completion);
        Files.writeString(completion.resolve("rekey.bash"), AutoComplete.bash("rekey", line));
        int exitCode = ManPageGenerator.generateManPage(
                Path.of(folders[1]).toFile(), null, new boolean[0], false, line.getCommandSpec());
        if (exitCode != 0) {
            throw new IllegalStateException("Cannot write the man pages: the generator ended with " + exitCode);
        }
    }

    /** What commands need to be described. None is run. */
    private static Environment describing() {
        var console = new Console(
                new BufferedReader(Reader.nullReader()),
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                false,
                Console.Output.FILE,
                () -> Console.Screen.USUAL,
                Wrapping.COLUMNS);
        return new Environment(
                new Environment.Terminal(console, new Interruption.Unheard(), _ -> false),
                new Environment.Folders(Path.of(""), Optional.empty()),
                new SystemTime(),
                new Random(1),
                place -> {
                    throw new IllegalStateException("no command is run here, in " + place);
                },
                settings -> {
                    throw new IllegalStateException("no command is run here, on " + settings);
                });
    }
}
