package dev.rekey.engine.analyze;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.ChangeDetail;
import dev.rekey.engine.run.ChangeKind;
import java.util.List;
import java.util.Map;

/**
 * What the report of an analysis shows of its list of changes.
 *
 * @param detail what is listed
 * @param tables how many records of each table are listed as what
 * @param examples some of each kind, with the first of their attributes; long values are cut
 * @param all keys of the objects of the list begin with it: gzipped, one {@link RecordChange} on each line
 */
public record ChangeSummary(
        ChangeDetail detail, Map<TableName, Map<ChangeKind, Long>> tables, List<RecordChange> examples, String all) {}
