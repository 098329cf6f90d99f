package dev.rekey.core.item;

import java.util.List;

/**
 * Where the changes of a table go besides the table.
 *
 * @param regions other regions that hold a replica of the table, which may be written there, too
 * @param consistent whether a condition in one region sees what was written in any other
 * @param stream whether consumers of a stream get each change
 * @param kinesis whether consumers of a stream of Kinesis do
 */
public record Followers(List<String> regions, boolean consistent, boolean stream, boolean kinesis) {
    public static final Followers NONE = new Followers(List.of(), false, false);

    public Followers {
        regions = regions.stream().sorted().toList();
    }

    public Followers(List<String> regions, boolean consistent, boolean stream) {
        this(regions, consistent, stream, false);
    }

    /** Whether anybody is told of each change. */
    public boolean listen() {
        return stream || kinesis;
    }

    /** What they listen to. */
    public String streams() {
        if (stream && kinesis) {
            return "a stream and a Kinesis stream";
        }
        return kinesis ? "a Kinesis stream" : "a stream";
    }

    /** The same, of which a stream of Kinesis gets each change, too. */
    public Followers feedingKinesis() {
        return new Followers(regions, consistent, stream, true);
    }
}
