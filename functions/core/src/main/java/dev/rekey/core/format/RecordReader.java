package dev.rekey.core.format;

/** Reads the records of one file. It holds nothing of them, so threads may share it. */
@FunctionalInterface
public interface RecordReader {
    Reading read(RawRecord record);
}
