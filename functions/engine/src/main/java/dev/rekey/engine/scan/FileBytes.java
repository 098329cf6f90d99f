package dev.rekey.engine.scan;

import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Files;
import dev.rekey.engine.store.Files.FileVersion;
import dev.rekey.engine.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of files, unpacked. One file is kept open: who reads on where reading ended need not unpack from the start again.
 * For one thread.
 */
final class FileBytes {
    private static final String GZIP = ".gz";
    /** As problems are named in the documents. */
    private static final String CHANGED = "file.changed";
    /** Compressed bytes of one request. */
    private static final int BLOCK = 4 << 20;

    private final Files files;
    private final Supplier<Backoff> backoff;
    private Optional<Unpacked> open = Optional.empty();
    private long requests;

    FileBytes(Files files, Supplier<Backoff> backoff) {
        this.files = files;
        this.backoff = backoff;
    }

    /** How many were made so far. */
    long requests() {
        return requests;
    }

    static boolean isPacked(FileVersion file) {
        return file.address().key().endsWith(GZIP);
    }

    /**
     * Bytes from {@code offset} on.
     *
     * @param length fewer are returned only at the end of the file
     * @throws StoreException if the file is another one by now
     * @throws DamagedFileException if it cannot be unpacked
     */
    byte[] read(FileVersion file, long offset, int length) {
        if (!isPacked(file)) {
            return stored(file, offset, length);
        }
        try {
            var unpacked = open.filter(one -> one.file.equals(file) && one.from <= offset)
                    .orElse(null);
            if (unpacked == null) {
                unpacked = new Unpacked(file, new Stored(file));
                open = Optional.of(unpacked);
            }
            return unpacked.read(offset, length);
        } catch (IOException e) {
            open = Optional.empty();
            throw new DamagedFileException(e);
        }
    }

    private byte[] stored(FileVersion file, long offset, int length) {
        if (offset >= file.bytes()) {
            return new byte[0];
        }
        requests++;
        return backoff.get().retry(() -> files.read(file, offset, length)).orElseThrow(() -> changed(file));
    }

    private static StoreException changed(FileVersion file) {
        return new StoreException(
                StoreException.Kind.MISSING,
                ("Cannot read %s (%s): it was replaced or deleted since the run began. Nothing was written of this"
                                + " page. Put the file back as it was and resume the run, or roll it back and start again.")
                        .formatted(file.address(), CHANGED));
    }

    /** A file that is unpacked from its start; it keeps what was read last, since the next page begins within it. */
    private static final class Unpacked {
        private final FileVersion file;
        private final DigestInputStream stored;
        private final InputStream in;
        private boolean ended;
        /** Offset of the first byte that is kept. */
        private long from;

        private byte[] kept = {};

        Unpacked(FileVersion file, InputStream stored) throws IOException {
            this.file = file;
            this.stored = new DigestInputStream(stored, md5());
            this.stored.on(file.stated().isPresent());
            this.in = new GZIPInputStream(this.stored);
        }

        byte[] read(long offset, int length) throws IOException {
            if (offset > from + kept.length) {
                in.skipNBytes(offset - from - kept.length);
                kept = new byte[0];
            } else {
                kept = Arrays.copyOfRange(kept, (int) (offset - from), kept.length);
            }
            from = offset;
            if (kept.length < length) {
                var more = in.readNBytes(length - kept.length);
                var all = Arrays.copyOf(kept, kept.length + more.length);
                System.arraycopy(more, 0, all, kept.length, more.length);
                kept = all;
                if (kept.length < length && !ended) {
                    ended = true;
                    compare();
                }
            }
            return kept.length == length ? kept.clone() : Arrays.copyOf(kept, Math.min(length, kept.length));
        }

        /** With the manifest, once the file was read to its end: whoever read parts of it only has begun it again. */
        private void compare() throws IOException {
            stored.transferTo(OutputStream.nullOutputStream());
            var found =
                    Base64.getEncoder().encodeToString(stored.getMessageDigest().digest());
            if (file.stated().filter(stated -> !stated.md5().equals(found)).isPresent()) {
                throw new IOException("its MD5 is not the one in the manifest of the export");
            }
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** The stored bytes of a file, block by block. */
    private final class Stored extends InputStream {
        private final FileVersion file;
        private ByteArrayInputStream block = new ByteArrayInputStream(new byte[0]);
        private long at;

        Stored(FileVersion file) {
            this.file = file;
        }

        @Override
        public int read() {
            return fill() ? block.read() : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return fill() ? block.read(into, offset, length) : -1;
        }

        /** So that members of a file that were packed one after the other are all unpacked. */
        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, block.available() + file.bytes() - at);
        }

        private boolean fill() {
            if (block.available() == 0 && at < file.bytes()) {
                var read = stored(file, at, BLOCK);
                at += read.length;
                block = new ByteArrayInputStream(read);
            }
            return block.available() > 0;
        }
    }
}
