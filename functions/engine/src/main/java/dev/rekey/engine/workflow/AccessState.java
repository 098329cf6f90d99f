package dev.rekey.engine.workflow;

import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.TableLocks;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * Before anything is written, a function that will write asks for every permission that it needs; and a run that lacks one is
 * not begun.
 */
public record AccessState(Ports ports) {
    /**
     * How an execution ends that lacks a permission.
     *
     * @param error of {@link ErrorNames}
     */
    public record Ending(String error, String cause) {}

    /**
     * All that the function is denied in the tables of the run. Changes nothing.
     *
     * @param function which asks with its own role
     */
    public List<Problem> denied(Task task, String function) {
        var run = ports.runs().asItIs(ports.documents(), task.run());
        var access = new Access(ports.sides(), ports.invocation());
        var shapes = new HashMap<TableName, TableShape>();
        run.manifest().tables().forEach((name, table) -> shapes.put(name, table.target()));
        access.tryToWrite(run.plan(), shapes, Optional.of(function));
        return access.denied();
    }

    /**
     * Ends a new run, and makes another what it was before it was taken for a rollback; both give their locks back. A run
     * that is unfinished already stays so.
     *
     * @param denied what the functions are denied, as people read it
     */
    public Ending refuse(Task task, String denied) {
        var manifest = ports.runs().asItIs(ports.documents(), task.run()).manifest();
        boolean isNew = task.task().equals(task.run());
        var control = new ControlObject(ports.documents(), task.folder())
                .change(found -> Optional.of(found)
                        .filter(ours -> ours.epoch() == task.epoch())
                        .map(ours -> isNew && ours.phase() == Phase.ANALYZING ? ours.refused() : ours.asBefore()));
        boolean unfinished = control.phase().isUnfinished();
        var action = task.action().orElseThrow();
        var cause = "Cannot %s: permissions of the functions are missing. No table was written to. %s\n%s"
                .formatted(
                        action.verb() + (isNew ? "" : " run " + task.run()),
                        unfinished
                                ? "Run " + task.run()
                                        + " is unfinished, and its tables stay locked. Grant them, then: rekey"
                                        + " resume --run " + task.run() + "."
                                : "Grant them, then start again.",
                        denied);
        if (!unfinished && isOurs(control, task)) {
            new TableLocks(ports.documents()).release(task.run(), PreparePlan.targets(manifest));
        }
        ports.record(task, new Decision.Refused(action.word(), control.execution(), cause));
        return new Ending(unfinished ? ErrorNames.INCOMPLETE : ErrorNames.REFUSED, cause);
    }

    /** Whether no other execution has taken the run since. A refused run has another epoch. */
    private static boolean isOurs(Control control, Task task) {
        return control.epoch() == task.epoch()
                || (control.phase() == Phase.REFUSED && control.epoch() == task.epoch() + 1);
    }
}
