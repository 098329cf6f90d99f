package dev.rekey.engine.segment;

/** What reading and writing records takes. */
public enum Cost {
    /** Pages of the source. */
    PAGES,
    /** Read units of one consistent scan of the source. */
    SOURCE_SCAN,
    /** Read units of one consistent look at each target record, once it is there. */
    TARGET_READ,
    /** Write units of the target table. */
    TABLE_WRITE,
    /** Write units of the target's secondary indexes. */
    INDEX_WRITE
}
