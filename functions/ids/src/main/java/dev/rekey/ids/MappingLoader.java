package dev.rekey.ids;

import dev.rekey.core.identity.Family;
import dev.rekey.core.identity.IdTranslation;
import dev.rekey.core.identity.MappingBuilder;
import dev.rekey.core.identity.MappingFault;
import dev.rekey.core.identity.MappingFile;
import dev.rekey.core.identity.MappingFileException;
import dev.rekey.core.identity.MappingRecords;
import dev.rekey.core.plan.DeclaredFamily;
import dev.rekey.core.plan.MappingSource.OfFile;
import dev.rekey.core.plan.MappingSource.OfIds;
import dev.rekey.core.plan.MappingSource.OfTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loads one mapping from where the plan says that it is. For one use. */
final class MappingLoader {
    private static final int NAMED = 10;

    private final DeclaredFamily family;
    private final MappingBuilder builder;
    private final List<String> faults = new ArrayList<>();
    private long count;

    MappingLoader(DeclaredFamily family) {
        this.family = family;
        this.builder = new MappingBuilder(family.rule());
    }

    /** @param entries number of old ids */
    record Loaded(IdTranslation ids, int entries) {}

    /** @throws MappingLoadException if an entry is wrong, or there is none */
    Loaded load(MappingTables tables, MappingFiles files) {
        switch (family.rule().mapping()) {
            case OfTable table -> table(table, tables);
            case OfFile file -> file(file, files);
            case OfIds(var ids) -> ids.forEach((old, now) -> add("the plan", builder.add(old, now)));
        }
        var mapping = builder.build();
        if (count == 0 && mapping.size() == 0) {
            fault("it has no entries");
        }
        if (count > 0) {
            throw failure();
        }
        var whole = new Family(family.name(), family.rule(), family.rule().ids().old());
        return new Loaded(IdTranslation.of(whole, mapping), mapping.size());
    }

    private void table(OfTable source, MappingTables tables) {
        var records = new MappingRecords(source, builder);
        var name = source.table().name();
        tables.read(name, records.attributes(), record -> add("a record of table " + name, records.add(record)));
    }

    private void file(OfFile source, MappingFiles files) {
        var name = source.file();
        try {
            var file =
                    new MappingFile(family.rule(), source, builder, (place, fault) -> add(place, Optional.of(fault)));
            file.read(files.read(name));
        } catch (IOException e) {
            throw new MappingLoadException(family.name().value(), "the file " + name + " cannot be read: " + e, e);
        } catch (MappingFileException e) {
            fault("the file " + name + ": " + e.getMessage());
        }
    }

    private void add(String place, Optional<MappingFault> found) {
        found.ifPresent(fault -> {
            var id = fault.oldId().isEmpty() ? "" : ", old id " + fault.oldId();
            fault(place + id + ": " + fault.message());
            if (fault.kind() == MappingFault.Kind.TOO_LARGE) {
                throw failure();
            }
        });
    }

    private void fault(String text) {
        count++;
        if (faults.size() < NAMED) {
            faults.add(text);
        }
    }

    private MappingLoadException failure() {
        return new MappingLoadException(family.name().value(), faults, count);
    }
}
