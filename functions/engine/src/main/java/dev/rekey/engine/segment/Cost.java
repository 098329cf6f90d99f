package dev.rekey.engine.segment;

/** What reading and writing records takes. */
public enum Cost {
    /** Pages of the source. */
    PAGES,
    /** Requests that read the files of the source once. */
    FILE_READS,
    /** Read units of one consistent scan of the source. */
    SOURCE_SCAN,
    /** Read units of one consistent look at each target record, once it is there. */
    TARGET_READ,
    /** Read units of the records that values are taken of, for an analysis, which joins pages. */
    REFERRED_ANALYZE,
    /** The same for a copy, which works on each page by itself. */
    REFERRED_COPY,
    /** The same for a verification, which joins pages. */
    REFERRED_VERIFY,
    /** Write units of the target table. */
    TABLE_WRITE,
    /** Write units of the target's secondary indexes. */
    INDEX_WRITE,
    /** Read units of the records that are looked up before it is decided what is created. */
    LOOKED_FOR,
    /** Read units of one consistent look at each record of a table whose records are merged. */
    RECORD_READ,
    /** The same of the records that are merged away. */
    MERGED_READ,
    /** Write units of what {@code merged.set} changes. */
    MERGED_WRITE,
    /** Write units of secondary indexes for what {@code merged.set} changes. */
    MERGED_INDEX_WRITE
}
