package dev.rekey.engine.analyze;

/**
 * How far records are.
 *
 * @param done the plan would change nothing, and no id in them waits for an entry of a mapping
 * @param kept the plan would change nothing, but they hold ids that the mapping does not have ({@code onMissing: keep})
 * @param toDo the plan would change them
 * @param unmappable the plan cannot be applied to them; {@code analyze} says why
 */
public record StatusCounts(long done, long kept, long toDo, long unmappable) {
    public static final StatusCounts NONE = new StatusCounts(0, 0, 0, 0);
    static final StatusCounts ONE_DONE = new StatusCounts(1, 0, 0, 0);
    static final StatusCounts ONE_KEPT = new StatusCounts(0, 1, 0, 0);
    static final StatusCounts ONE_TO_DO = new StatusCounts(0, 0, 1, 0);
    static final StatusCounts ONE_UNMAPPABLE = new StatusCounts(0, 0, 0, 1);

    public StatusCounts plus(StatusCounts other) {
        return new StatusCounts(done + other.done, kept + other.kept, toDo + other.toDo, unmappable + other.unmappable);
    }

    public long all() {
        return done + kept + toDo + unmappable;
    }

    /** What part of the records is done, from 0 to 1; 1 if there are none. */
    public double share() {
        return all() == 0 ? 1 : (double) done / all();
    }
}
