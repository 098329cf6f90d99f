package dev.rekey.engine.workflow;

/**
 * The names of files that a plan means.
 *
 * @param pattern one name, or several with a star for anything within the last part
 */
public record FileNames(String pattern) {
    /** So many bytes the files of one table have at most. */
    public static final long MOST_BYTES = 64L << 20;

    /** What all of them begin with. */
    public String begin() {
        int star = pattern.indexOf('*');
        return star < 0 ? pattern : pattern.substring(0, star);
    }

    public boolean matches(String name) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return name.equals(pattern);
        }
        var end = pattern.substring(star + 1);
        return name.length() >= pattern.length() - 1
                && name.startsWith(begin())
                && name.endsWith(end)
                && name.indexOf('/', star) < 0;
    }
}
