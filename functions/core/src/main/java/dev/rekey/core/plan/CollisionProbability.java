package dev.rekey.core.plan;

/** How likely it is that two old ids get one new number id. */
public final class CollisionProbability {
    private CollisionProbability() {}

    /**
     * The birthday bound n(n-1)/2m over m = 10^{@code digits} - 1 ids: the true probability is at most this.
     *
     * @param records of the family, at least 0
     * @param digits of its new ids, 1 to 38
     * @return 0 to 1
     */
    public static double atMost(long records, int digits) {
        if (records < 0 || digits < 1 || digits > 38) {
            throw new IllegalArgumentException(records + " records, " + digits + " digits");
        }
        var ids = Math.pow(10, digits) - 1;
        return Math.min(1, (double) records * (records - 1) / 2 / ids);
    }
}
