package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The tables of options in {@code docs/reference/commands.md} are made from the commands. {@code -Dcommands.write=true} writes
 * them.
 */
class CommandsReferenceTest {
    private static final Path REFERENCE =
            Path.of(System.getProperty("rekey.root")).resolve("docs/reference/commands.md");
    private static final Pattern MADE = Pattern.compile("(?s)(<!-- made: ([a-z ]+) -->\n).*?(<!-- end -->)");

    private static final String SEVERAL = "several";

    /** An option of this many commands and more is described once, for all of them. */
    private static final int MANY = 4;

    /** Beyond this number of commands, a row names those that lack the option. */
    private static final int MOST = 12;

    private final Map<String, CommandSpec> commands = new TreeMap<>();
    private final Map<Described, List<String>> described = new TreeMap<>();

    /** What the help says of an option or an argument. */
    private record Described(String name, String meaning) implements Comparable<Described> {
        static Described of(ArgSpec argument) {
            return new Described(name(argument), meaning(argument));
        }

        private static String name(ArgSpec argument) {
            if (argument instanceof OptionSpec option) {
                var names = String.join("`, `", option.names());
                return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
            }
            return argument.paramLabel();
        }

        private static String meaning(ArgSpec argument) {
            var words = String.join(" ", argument.description())
                    .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValueString()));
            return argument.required() && argument.isOption() && argument.group() == null
                    ? words + " Required."
                    : words;
        }

        @Override
        public int compareTo(Described other) {
            return (name + meaning).compareTo(other.name + other.meaning);
        }
    }

    CommandsReferenceTest(@TempDir Path directory) {
        RekeyCommand.line(new Shell(directory).environment()).getSubcommands().forEach((name, command) -> {
            if (!name.equals("help")) {
                commands.put(name, command.getCommandSpec());
            }
        });
        commands.forEach((name, command) -> said(command)
                .forEach(each ->
                        described.computeIfAbsent(each, _ -> new ArrayList<>()).add(name)));
    }

    @Test
    void theTablesAreThoseOfTheCommands() throws IOException {
        var text = Files.readString(REFERENCE);
        var made = MADE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + rows(found.group(2)) + found.group(3)));
        if (Boolean.getBoolean("commands.write")) {
            Files.writeString(REFERENCE, made);
        }
        assertThat(Files.readString(REFERENCE))
                .as("tables of options; -Dcommands.write=true writes them")
                .isEqualTo(made);
    }

    @Test
    void everyCommandHasATable() throws IOException {
        var found = MADE.matcher(Files.readString(REFERENCE))
                .results()
                .map((MatchResult result) -> result.group(2))
                .flatMap(names -> Stream.of(names.split(" ", -1)))
                .toList();
        assertThat(found).contains(SEVERAL).hasSize(commands.size() + 1).containsAll(commands.keySet());
    }

    private static Stream<Described> said(CommandSpec command) {
        return Stream.concat(command.positionalParameters().stream(), command.options().stream())
                .map(Described::of);
    }

    private String rows(String names) {
        return names.equals(SEVERAL) ? ofSeveral() : own(List.of(names.split(" ", -1)));
    }

    private String ofSeveral() {
        return described.entrySet().stream()
                .filter(each -> each.getValue().size() >= MANY)
                .map(each -> row(each.getKey().name(), each.getKey().meaning(), having(each.getValue())))
                .collect(Collectors.joining("", "| option | meaning | commands |\n|---|---|---|\n", ""));
    }

    private String having(List<String> names) {
        var lacking =
                commands.keySet().stream().filter(name -> !names.contains(name)).toList();
        if (lacking.isEmpty()) {
            return "all";
        }
        return names.size() > MOST ? "all but " + String.join(", ", lacking) : String.join(", ", names);
    }

    private String own(List<String> names) {
        var rows = new LinkedHashMap<Described, List<String>>();
        names.forEach(name -> said(commands.get(name))
                .filter(each -> described.get(each).size() < MANY)
                .sorted()
                .forEach(each ->
                        rows.computeIfAbsent(each, _ -> new ArrayList<>()).add(name)));
        if (rows.isEmpty()) {
            return "";
        }
        var table = new StringBuilder("| option | meaning |\n|---|---|\n");
        rows.forEach((each, having) -> {
            var only = having.size() == names.size() ? "" : "`" + String.join("`, `", having) + "` only: ";
            table.append(row(each.name(), only + each.meaning()));
        });
        return table.toString();
    }

    private static String row(String name, String... cells) {
        return "| `" + name.replace("|", "\\|") + "` | "
                + Stream.of(cells).map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ")) + " |\n";
    }
}
