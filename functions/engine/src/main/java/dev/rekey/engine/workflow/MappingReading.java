package dev.rekey.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.identity.Mapping;
import dev.rekey.core.identity.MappingBuilder;
import dev.rekey.core.identity.MappingFault;
import dev.rekey.core.identity.MappingFile;
import dev.rekey.core.identity.MappingFileException;
import dev.rekey.core.identity.MappingRecords;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.MappingSource;
import dev.rekey.core.plan.MappingSource.OfFile;
import dev.rekey.core.plan.MappingSource.OfIds;
import dev.rekey.core.plan.MappingSource.OfTable;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.scan.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the mapping of one family from where the plan says that it stands. */
public final class MappingReading {
    private static final Segment ALL = new Segment(0, 1);

    private final DeclaredFamily family;
    private final MappingBuilder builder;
    private final MappingFaults faults;

    public MappingReading(DeclaredFamily family) {
        this(family, "families." + family.name() + ".mapping");
    }

    /** @param path of the option that says where the mapping stands */
    MappingReading(DeclaredFamily family, String path) {
        this.family = family;
        this.builder = new MappingBuilder(family.rule());
        this.faults = new MappingFaults(path, words(family.rule().mapping()));
    }

    /** What the mapping is read from, in words. */
    static String words(MappingSource source) {
        return switch (source) {
            case OfTable(var table, var _, var _) -> "table " + table.name();
            case OfFile(var file, var _, var _) -> "file " + file;
            case OfIds _ -> "the plan";
        };
    }

    MappingFaults faults() {
        return faults;
    }

    /** What is wrong with what was read; empty if the mapping is sound. */
    public List<Problem> problems() {
        return faults.problems();
    }

    /**
     * The entries without a fault. The caller uses them only if there are no problems.
     *
     * @param tables those of the source; asked for only if the mapping is in a table
     */
    public Mapping read(Supplier<? extends Source> tables, FilesOfPlan files) {
        switch (family.rule().mapping()) {
            case OfTable table -> table(table, tables.get());
            case OfFile file -> file(file, files);
            case OfIds(var ids) -> ids.forEach((old, now) -> add("the entry", builder.add(old, now)));
        }
        var mapping = builder.build();
        if (mapping.size() == 0 && faults.problems().isEmpty()) {
            faults.add(
                    "lookup.empty",
                    "There is no entry in " + words(family.rule().mapping()) + ".",
                    "Fill the mapping, or correct its where.");
        }
        return mapping;
    }

    private void table(OfTable source, Source tables) {
        var shape = tables.describe(source.table());
        if (shape.isEmpty()) {
            missing("The mapping table " + source.table().name() + " does not exist where the source tables are.");
            return;
        }
        var records = new MappingRecords(source, builder);
        var pages = tables.read(Division.whole(shape.get(), true));
        Optional<JsonNode> from = Optional.empty();
        do {
            var page = pages.page(ALL, from);
            page.items()
                    .forEach(record ->
                            records.add(record).ifPresent(fault -> faults.add(place(shape.get(), record), fault)));
            from = page.next();
        } while (from.isPresent() && !faults.areEnough());
    }

    private static String place(TableShape table, Map<String, AttributeValue> record) {
        return "record " + TypedJson.text(table.keyOf(record).attributes());
    }

    private void file(OfFile source, FilesOfPlan files) {
        var content = files.find(source.file());
        if (content.isEmpty()) {
            missing("The file " + source.file() + " was not handed in with the plan.");
            return;
        }
        try {
            new MappingFile(family.rule(), source, builder, faults::add).read(content.get());
        } catch (MappingFileException e) {
            faults.add(
                    "lookup.bad-file",
                    "The file " + source.file() + " cannot be read: " + e.getMessage() + ".",
                    "Correct the file.");
        }
    }

    private void missing(String message) {
        faults.add("lookup.no-source", message, "Correct the mapping in the plan, or create what it names.");
    }

    private void add(String place, Optional<MappingFault> fault) {
        fault.ifPresent(one -> faults.add(place, one));
    }
}
