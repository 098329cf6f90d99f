package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.report.RunReport.ReportedMapping;
import dev.rekey.engine.run.MappingChange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The mappings that the run was prepared with, and what has changed in them since. */
record MappingsSection(List<ReportedMapping> rows, List<Change> changes) {
    /** What has changed in one of them. */
    record Change(FamilyName family, String sentence) {
        static Change of(MappingChange change) {
            return new Change(
                    change.family(),
                    change.unknown()
                            .map(why -> "not compared. " + why)
                            .orElseGet(() -> Stream.of(
                                            ids("added", change.added()),
                                            ids("removed", change.removed()),
                                            ids("changed", change.changed()))
                                    .flatMap(Optional::stream)
                                    .collect(Collectors.joining("; "))));
        }

        private static Optional<String> ids(String what, MappingChange.Ids ids) {
            return ids.count() == 0
                    ? Optional.empty()
                    : Optional.of(Wording.count(ids.count()) + " " + what + ": " + String.join(", ", ids.first())
                            + (ids.count() > ids.first().size() ? ", …" : ""));
        }
    }

    static Optional<MappingsSection> of(RunReport report) {
        var mappings = report.work().frozen().mappings();
        var changes = report.verified().mappingChanges();
        return mappings.isEmpty()
                ? Optional.empty()
                : Optional.of(new MappingsSection(
                        mappings, changes.stream().map(Change::of).toList()));
    }
}
