package dev.rekey.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.core.config.plugins.processor.PluginCache;
import org.apache.logging.log4j.core.config.plugins.processor.PluginProcessor;
import org.apache.logging.log4j.core.lookup.MapLookup;
import org.junit.jupiter.api.Test;

/**
 * The list of Log4j's plug-ins that is packaged. Log4j loads the class of every plug-in that is listed anywhere on the class
 * path, some 200 for files, databases and queues that a function never has. Of two that have the same name, it takes the
 * one that comes first on the class path, which in Lambda is the functions' own: it names the plug-ins that
 * {@code log4j2.properties} and the layout use, and an empty class for each other.
 */
final class LogPluginsTest {
    private static final Path TARGET = Path.of(System.getProperty("rekey.functions"));

    /** Those that convert settings, or find out which form the configuration has, are few and are all asked. */
    private static final Set<String> WHOLE_CATEGORIES =
            Set.of("configurationfactory", "jsontemplateresolverinterceptor", "typeconverter");

    /** With other settings in {@code log4j2.properties}, or another layout, these have to follow. */
    private static final Map<String, Set<String>> USED = Map.of(
            "core",
            Set.of(
                    "appender-ref",
                    "appenderref",
                    "appenders",
                    "console",
                    "jsontemplatelayout",
                    "logger",
                    "loggers",
                    "properties",
                    "property",
                    "root"),
            "jsontemplateresolverfactory",
            Set.of(
                    "exceptionresolverfactory",
                    "levelresolverfactory",
                    "messageresolverfactory",
                    "powertoolsresolverfactory",
                    "timestampresolverfactory"));

    @Test
    void ofLog4jsPluginsTheFunctionsLoadThoseThatTheyUse() throws IOException {
        var made = made();
        Files.write(TARGET.resolve("Log4j2Plugins.dat"), made);

        assertThat(Files.readAllBytes(TARGET.resolve("classes").resolve(PluginProcessor.PLUGIN_CACHE_FILE)))
                .as("Log4j has other plug-ins than when the list was made: copy target/Log4j2Plugins.dat to "
                        + "src/main/resources/" + PluginProcessor.PLUGIN_CACHE_FILE)
                .isEqualTo(made);
    }

    /** That of the libraries, with what is not used made empty. */
    private static byte[] made() throws IOException {
        var cache = new PluginCache();
        cache.loadCacheFiles(Collections.enumeration(lists()));
        assertThat(cache.getAllCategories().keySet()).containsAll(USED.keySet()).containsAll(WHOLE_CATEGORIES);
        cache.getAllCategories().forEach((category, plugins) -> {
            var used = USED.getOrDefault(category, Set.of());
            assertThat(plugins.keySet()).containsAll(used);
            plugins.forEach((name, plugin) -> {
                if (!WHOLE_CATEGORIES.contains(category) && !used.contains(name)) {
                    plugin.setClassName(category.equals("lookup") ? MapLookup.class.getName() : Void.class.getName());
                }
            });
        });
        var bytes = new ByteArrayOutputStream();
        cache.writeCache(bytes);
        return bytes.toByteArray();
    }

    /** Without the functions' own. */
    private static List<URL> lists() throws IOException {
        var all =
                Collections.list(LogPluginsTest.class.getClassLoader().getResources(PluginProcessor.PLUGIN_CACHE_FILE));
        return all.stream().filter(list -> list.getProtocol().equals("jar")).toList();
    }
}
