package dev.rekey.core.item;

import java.util.List;

/**
 * Where the changes of a table go besides the table.
 *
 * @param regions other regions that hold a replica of the table, which may be written there, too
 * @param consistent whether a condition in one region sees what was written in any other
 * @param stream whether consumers of a stream get each change
 */
public record Followers(List<String> regions, boolean consistent, boolean stream) {
    public static final Followers NONE = new Followers(List.of(), false, false);

    public Followers {
        regions = regions.stream().sorted().toList();
    }
}
