package dev.rekey.engine.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** gzip at the quickest level: the store is slower than the bytes saved by a better one are worth. */
public final class FastGzip extends GZIPOutputStream {
    private static final int BUFFER_BYTES = 16 * 1024;

    public FastGzip(OutputStream out) throws IOException {
        super(out, BUFFER_BYTES);
        def.setLevel(Deflater.BEST_SPEED);
    }

    /** What the zipped {@code content} holds. */
    public static InputStream unzipped(byte[] content) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(content), BUFFER_BYTES);
    }
}
