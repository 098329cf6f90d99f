package dev.rekey.core.format;

/** What can be wrong with the contents of a file. */
public enum FileProblem {
    /** A name stands twice in the line of column names, or a column is not there. */
    HEADER("file.header"),
    /** The bytes are no UTF-8. */
    ENCODING("file.encoding"),
    /** It is no record: a quote is not closed, cells are missing, it is no JSON, or it is too long. */
    RECORD("file.record"),
    /** A value is none of its type. */
    CELL("file.cell"),
    /** The file is one JSON array. */
    ARRAY("file.array");

    private final String id;

    FileProblem(String id) {
        this.id = id;
    }

    /** As problems are named in reports. */
    public String id() {
        return id;
    }
}
