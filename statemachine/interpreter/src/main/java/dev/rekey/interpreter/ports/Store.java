package dev.rekey.interpreter.ports;

import java.util.List;
import java.util.Optional;

/**
 * Where the interpreter keeps what must survive the process. Names are relative paths with {@code /} between segments of
 * {@code [A-Za-z0-9._=-]}. What a call wrote survives the death of the process the moment the call returns. Safe for
 * use by many threads, as long as one journal is appended to by one thread at a time.
 */
public interface Store extends AutoCloseable {
    /** Adds lines (without line breaks in them) to the end of a journal, creating it if need be. */
    void append(String journal, List<String> lines);

    /** All complete lines of a journal; empty when it does not exist. A line cut short by a crash is left out. */
    List<String> lines(String journal);

    /** Replaces a document whole: a reader sees the old or the new content, never a part. */
    void put(String document, String content);

    Optional<String> get(String document);

    boolean exists(String name);

    /** Removes a journal or document; without effect when there is none. */
    void delete(String name);

    /** The names of the entries directly below a folder, sorted; empty when there is no such folder. */
    List<String> list(String folder);

    @Override
    void close();
}
