package dev.rekey.engine.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Objects.Stored;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Workers, preparations and commands that break what operators count on, made as {@link BrokenRules} are. */
final class BrokenOrders {
    private BrokenOrders() {}

    /** Workers find no run paused. */
    static Rules pauseForgotten() {
        return reading(Platform.Kind.COPY, (key, found, _) -> {
            if (!key.name().endsWith("/control.json")) {
                return found;
            }
            var control = Documents.decode(key, found.content(), Control.class);
            return new Stored(Documents.encode(control.unpaused()), found.version());
        });
    }

    /** Whoever lets a run go on looks for nobody who waits. */
    static Rules nobodyWoken() {
        return (worker, objects, tables) -> worker.work().kind() != Platform.Kind.OPERATOR
                ? Rules.KEPT.with(worker, objects, tables)
                : new Rules.Stores(
                        new Passing(objects) {
                            @Override
                            public Listed list(String prefix, Optional<ObjectKey> startAfter) {
                                return prefix.endsWith("/pause/")
                                        ? new Listed(List.of(), false)
                                        : super.list(prefix, startAfter);
                            }
                        },
                        tables);
    }

    /** The rollback of one table goes through the lists of all. */
    static Rules everyTableUndone() {
        return reading(Platform.Kind.OTHER, (key, found, objects) -> {
            if (!key.name().contains("/work/undo-")) {
                return found;
            }
            var name = key.name();
            var level = name.substring(name.lastIndexOf('-') + 1);
            return objects.get(new ObjectKey(name.substring(0, name.indexOf("undo-")) + "level-" + level))
                    .orElseThrow();
        });
    }

    /** The rollback of one tenant's records takes back those of all. */
    static Rules everyTenantUndone() {
        return reading(Platform.Kind.UNDO, (key, found, _) -> {
            if (!key.name().endsWith("/control.json")) {
                return found;
            }
            var control = Documents.decode(key, found.content(), Control.class);
            var all = control.undoing(control.undoing().where(Map.of()));
            return new Stored(Documents.encode(all), found.version());
        });
    }

    /** A rollback finds nothing on its lists. */
    static Rules nothingUndone() {
        return reading(
                Platform.Kind.OTHER,
                (key, found, _) -> key.name().contains("/work/undo-")
                        ? new Stored(nothing(key, found.content()), found.version())
                        : found);
    }

    /** Workers change the records of the whole plan, whatever part of it was asked for. */
    static Rules scopeForgotten() {
        return reading(Platform.Kind.COPY, (key, found, _) -> {
            if (!key.name().endsWith("/manifest.json")) {
                return found;
            }
            var manifest = Documents.decode(key, found.content(), JsonNode.class);
            var _ = ((ObjectNode) manifest.findParent("scope")).putObject("scope");
            return new Stored(Documents.encode(manifest), found.version());
        });
    }

    /** What a test has written is not taken back. */
    static Rules testForgotten() {
        return reading(
                Platform.Kind.OTHER,
                (key, found, objects) -> key.name().contains("/work/level-") && isTest(key, objects)
                        ? new Stored(nothing(key, found.content()), found.version())
                        : found);
    }

    /** Merged records are marked first of all, and then all others are changed. */
    static Rules markedFirst() {
        return reading(Platform.Kind.OTHER, (key, found, objects) -> {
            var name = key.name();
            if (!name.contains("/work/level-")) {
                return found;
            }
            var folder = new RunFolder(new RunId(name.split("/", -1)[1]));
            var stored = objects.get(folder.manifest()).orElseThrow();
            int levels = Documents.decode(folder.manifest(), stored.content(), Manifest.class)
                    .levels()
                    .size();
            int level = Integer.parseInt(name.replaceAll(".*-|\\.json", ""));
            return objects.get(folder.work("level-" + (level == 1 ? levels : level - 1)))
                    .orElseThrow();
        });
    }

    /** A list of one segment that no run has: no Map is begun over an empty list. */
    static byte[] nothing(ObjectKey key, byte[] list) {
        var first = Documents.decode(key, list, WorkItem[].class)[0];
        return Documents.encode(List.of(new WorkItem(first.table(), first.side(), 9_999, 10_000, first.level())));
    }

    private static boolean isTest(ObjectKey key, Objects objects) {
        var manifest = new RunFolder(new RunId(key.name().split("/", -1)[1])).manifest();
        var stored = objects.get(manifest).orElseThrow();
        return Documents.decode(manifest, stored.content(), Manifest.class)
                .action()
                .equals(Action.TEST.word());
    }

    /** What is read instead of what is there. */
    @FunctionalInterface
    private interface Misread {
        Stored read(ObjectKey key, Stored found, Objects objects);
    }

    private static Rules reading(Platform.Kind kind, Misread misread) {
        return (worker, objects, tables) -> worker.work().kind() != kind
                ? Rules.KEPT.with(worker, objects, tables)
                : new Rules.Stores(
                        new Passing(objects) {
                            @Override
                            public Optional<Stored> get(ObjectKey key) {
                                return super.get(key).map(found -> misread.read(key, found, objects));
                            }
                        },
                        tables);
    }
}
