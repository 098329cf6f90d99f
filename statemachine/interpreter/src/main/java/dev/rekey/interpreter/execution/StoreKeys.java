package dev.rekey.interpreter.execution;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where in the store things lie. */
public final class StoreKeys {
    public static final String ACTIVE = "active";
    public static final String MACHINES = "machines";
    private static final int LONGEST_SEGMENT = 180;

    private final Arns arns;

    public StoreKeys(Arns arns) {
        this.arns = arns;
    }

    static String machine(String name) {
        return MACHINES + "/" + segment(name);
    }

    static String revision(String id) {
        return "revisions/" + segment(id);
    }

    public String executionJournal(String arn) {
        String[] parts = arns.executionParts(arn);
        String folder = parts[0].contains("/") ? "children/" : "executions/";
        return folder + segments(parts[0]) + "/" + segment(parts[1]) + ".jsonl";
    }

    /** The mark of an execution that has not ended. */
    public static String active(String executionArn) {
        return ACTIVE + "/" + digest(executionArn);
    }

    public String mapRunJournal(String arn) {
        return mapRun(arn) + "/journal.jsonl";
    }

    public String mapRunItems(String arn) {
        return mapRun(arn) + "/items.jsonl";
    }

    /** The list of the executions of a state machine or of the children of a Map Run. */
    public String catalog(String parentArn) {
        return parentArn.contains(":mapRun:")
                ? mapRun(parentArn) + "/children.jsonl"
                : "catalogs/" + segment(arns.stateMachineName(parentArn)) + ".jsonl";
    }

    private String mapRun(String arn) {
        String[] parts = arns.mapRunParts(arn);
        return "mapruns/" + segments(parts[0]) + "/" + segment(parts[1]);
    }

    private static String segments(String names) {
        int slash = names.indexOf('/');
        return slash < 0
                ? segment(names)
                : segment(names.substring(0, slash)) + "/" + segment(names.substring(slash + 1));
    }

    /** A name in characters that every file system takes; a long one as its digest. */
    private static String segment(String name) {
        StringBuilder segment = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (each >= 'a' && each <= 'z')
                    || (each >= 'A' && each <= 'Z')
                    || (each >= '0' && each <= '9')
                    || each == '-'
                    || each == '_'
                    || (each == '.' && !segment.isEmpty());
            segment.append(
                    plain ? String.valueOf((char) each) : "=" + HexFormat.of().toHexDigits(each));
        }
        return segment.length() <= LONGEST_SEGMENT ? segment.toString() : "=sha-" + digest(name);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
