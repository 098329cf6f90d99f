package dev.rekey.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The commands of a page of the documentation, by section. */
final class RecoverPage {
    private static final String PROMPT = "$ rekey ";

    private final Map<String, List<Command>> sections;
    private final Map<String, Integer> run = new HashMap<>();

    /** @param text what stands after {@code $ rekey} */
    record Command(String text) {
        /** The arguments, on the local stack and without questions. */
        String[] words(String run) {
            boolean asks = text.startsWith("migrate") || text.startsWith("rollback") || text.contains("--rollback");
            return Stream.concat(
                            Stream.of(text.replace("RUN", run).split(" ")),
                            asks ? Stream.of("--local", "--yes") : Stream.of("--local"))
                    .toArray(String[]::new);
        }
    }

    private RecoverPage(Map<String, List<Command>> sections) {
        this.sections = sections;
    }

    static RecoverPage read(Path page) {
        var sections = new HashMap<String, List<Command>>();
        try {
            var title = "";
            for (var line : Files.readAllLines(page)) {
                if (line.startsWith("#")) {
                    title = line.replaceFirst("#+ ", "");
                } else if (line.startsWith(PROMPT)) {
                    sections.computeIfAbsent(title, _ -> new ArrayList<>())
                            .add(new Command(line.substring(PROMPT.length())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RecoverPage(sections);
    }

    /** The first command of the section whose title begins so that was not given yet. */
    Command next(String titleBegins) {
        var title = sections.keySet().stream()
                .filter(one -> one.startsWith(titleBegins))
                .findFirst()
                .orElseThrow();
        return sections.get(title).get(run.merge(title, 1, Integer::sum) - 1);
    }

    List<String> notRun() {
        return sections.entrySet().stream()
                .flatMap(section -> section.getValue().stream()
                        .skip(run.getOrDefault(section.getKey(), 0))
                        .map(Command::text))
                .toList();
    }
}
