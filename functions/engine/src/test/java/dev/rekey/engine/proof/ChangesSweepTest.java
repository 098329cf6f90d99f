package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.RecordChange;
import dev.rekey.engine.proof.Execution.Result;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.proof.Progress.State;
import dev.rekey.engine.proof.Recording.Moment;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ChangeDetail;
import dev.rekey.engine.run.ChangeKind;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunOptions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An analysis that lists changes dies before and after every request: each record is listed once, whatever happens. */
final class ChangesSweepTest {
    @Test
    void ofRecordsThatAreCopied() {
        new Analyses(new CopyExhibit()).sweep(ChangeKind.CREATE);
    }

    @Test
    void ofRecordsThatAreChangedInPlace() {
        new Analyses(new InPlaceExhibit()).sweep(ChangeKind.CHANGE, ChangeKind.NOTHING, ChangeKind.LEAVE_OUT);
    }

    @Test
    void ofKindsThatAreCopied() {
        new Analyses(new KindsExhibit(false)).sweep(ChangeKind.CREATE);
    }

    @Test
    void ofKindsThatAreChangedInPlace() {
        new Analyses(new KindsExhibit(true)).sweep(ChangeKind.CHANGE, ChangeKind.LEAVE_OUT);
    }

    private static final class Analyses extends Sweep {
        Analyses(Exhibit exhibit) {
            super(exhibit);
        }

        /** @param kinds that occur */
        void sweep(ChangeKind... kinds) {
            var before = untouched();
            // So that a segment has several pages although some are read together.
            before.pageLimit(1);
            var start = start(before, Action.ANALYZE, "first", Optional.empty())
                    .asking(RunOptions.NOTHING.listing(Optional.of(ChangeDetail.VALUES)));
            var one = record(new Trial(before, start, 60));
            assertThat(one.execution().result()).isEqualTo(Result.ANALYZED);
            var listed = one.site().changes(start.run());
            assertOnce(listed, one.execution());
            assertThat(listed.stream().map(RecordChange::kind).collect(Collectors.toSet()))
                    .containsAll(EnumSet.of(kinds[0], kinds));
            sweep(
                    one,
                    List.<Consumer<Moment>>of(
                            moment -> goesOn(moment, start, 1, listed), moment -> goesOn(moment, start, 2, listed)));
        }

        /** The function is invoked again; scans may give other pages by then. */
        private void goesOn(Moment moment, Start start, int pageLimit, List<RecordChange> listed) {
            if (pageLimit > 1 && moment.progress().state() != State.READ) {
                return;
            }
            var site = place(moment);
            site.pageLimit(pageLimit);
            var execution = new Execution(start, site, moment.progress());
            assertThat(execution.run()).isEqualTo(Result.ANALYZED);
            var again = site.changes(start.run());
            assertThat(again).containsExactlyInAnyOrderElementsOf(listed);
            assertThat(site.changeCounts(start.run())).isEqualTo(counts(listed));
            assertOnce(again, execution);
        }

        private static void assertOnce(List<RecordChange> listed, Execution execution) {
            assertThat(new ArrayList<>(listed)
                            .stream()
                                    .map(one -> one.table() + " " + one.record())
                                    .toList())
                    .doesNotHaveDuplicates();
            var report = execution.report().orElseThrow();
            assertThat((long) listed.size())
                    .isEqualTo(Counted.READ.in(report.work().counts()));
            assertThat(report.work().changes().orElseThrow().tables()).isEqualTo(counts(listed));
        }

        private static Map<TableName, Map<ChangeKind, Long>> counts(List<RecordChange> listed) {
            return listed.stream()
                    .collect(Collectors.groupingBy(
                            RecordChange::table,
                            TreeMap::new,
                            Collectors.groupingBy(RecordChange::kind, TreeMap::new, Collectors.counting())));
        }
    }
}
