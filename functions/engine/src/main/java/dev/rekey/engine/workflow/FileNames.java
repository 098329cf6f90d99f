package dev.rekey.engine.workflow;

/**
 * The names of files that a plan means.
 *
 * @param pattern one name, several with a star for anything within the last part, or a folder with all that is in it
 */
public record FileNames(String pattern) {
    /** So many bytes a file beside a plan has at most. */
    public static final long MOST_BYTES = 64L << 20;

    /** What all of them begin with. */
    public String begin() {
        int star = pattern.indexOf('*');
        return star < 0 ? pattern : pattern.substring(0, star);
    }

    public boolean isFolder() {
        return pattern.endsWith("/");
    }

    public boolean matches(String name) {
        if (isFolder()) {
            return name.length() > pattern.length() && name.startsWith(pattern);
        }
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
