package dev.rekey.cli;

import dev.rekey.cli.text.Opener;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Starts the opener of macOS, Windows, or a Linux desktop. */
public final class SystemOpener implements Opener {
    private final List<String> command;

    /** @param system as Java names it, such as {@code Linux} */
    public SystemOpener(String system) {
        var name = system.toLowerCase(Locale.ROOT);
        if (name.contains("mac")) {
            this.command = List.of("open");
        } else if (name.contains("windows")) {
            this.command = List.of("rundll32", "url.dll,FileProtocolHandler");
        } else {
            this.command = List.of("xdg-open");
        }
    }

    @Override
    public boolean open(String address) {
        var process = new ProcessBuilder(
                Stream.concat(command.stream(), Stream.of(address)).toList());
        try {
            process.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
