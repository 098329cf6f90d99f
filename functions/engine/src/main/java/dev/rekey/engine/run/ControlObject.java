package dev.rekey.engine.run;

import dev.rekey.engine.store.Documents;
import java.util.Optional;
import java.util.function.Function;

/** A run's {@code control.json}, which the workflow's functions and people's commands change at the same time. */
public final class ControlObject {
    private final Documents documents;
    private final RunFolder folder;

    public ControlObject(Documents documents, RunFolder folder) {
        this.documents = documents;
        this.folder = folder;
    }

    /**
     * Makes one change, on top of whatever others change at the same time.
     *
     * @param change is applied to what is stored, several times if others come in between; empty to leave it
     * @return what is stored now: the changed object, or what {@code change} would not change
     */
    public Control change(Function<Control, Optional<Control>> change) {
        return documents.change(folder.control(), Control.class, change);
    }

    /**
     * From here on the run writes to its target.
     *
     * @param epoch of the execution that begins
     * @param writing the phase in which it writes
     * @return false if another execution has taken the run, or it has ended: a late attempt must not revive it
     */
    public boolean begin(int epoch, Phase writing) {
        var control = change(found -> Optional.of(found)
                .filter(ours -> ours.epoch() == epoch && ours.phase() == Phase.ANALYZING)
                .map(ours -> ours.in(writing)));
        return control.epoch() == epoch && control.phase() == writing;
    }
}
