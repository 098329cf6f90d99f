package dev.rekey.local;

import dev.rekey.local.StackException.Kind;
import dev.rekey.local.child.Trees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/** The directory of a stack, locked for this process: a second stack on it would destroy the first one's data. */
final class DataDirectory implements AutoCloseable {
    /** Less free space than this ends in broken stores rather than in clear messages. */
    private static final long LEAST_FREE_BYTES = 64L * 1024 * 1024;

    private static final String TABLES = "dynamodb";
    private static final String OBJECTS = "s3";
    private static final String OBJECTS_IN_MEMORY = "s3-in-memory";

    private final Path root;
    private final Durability durability;
    private final FileChannel lock;
    /** The highest folder that was not there before. */
    private final Optional<Path> created;

    private boolean prepared;

    private DataDirectory(Path root, Durability durability, FileChannel lock, Optional<Path> created) {
        this.root = root;
        this.durability = durability;
        this.lock = lock;
        this.created = created;
    }

    /**
     * Takes the lock. Nothing is left of the directory when it is closed before {@link #prepare}, unless it was there.
     *
     * @throws StackException DATA_IN_USE, DATA_NOT_WRITABLE
     */
    static DataDirectory open(Path root, Durability durability) {
        refuseFile(root);
        Optional<Path> created = highestMissing(root);
        try {
            Files.createDirectories(root);
            long free = Files.getFileStore(root).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw notWritable(root, "only " + free + " bytes are free on its disk");
            }
            return new DataDirectory(root, durability, lock(root), created);
        } catch (IOException failed) {
            throw notWritable(root, reason(failed));
        }
    }

    /**
     * A file cannot be a folder, nor have one in it.
     *
     * @throws StackException DATA_NOT_WRITABLE
     */
    static void refuseFile(Path root) {
        Path at = root.toAbsolutePath();
        while (at != null && !Files.exists(at)) {
            at = at.getParent();
        }
        if (at != null && !Files.isDirectory(at)) {
            throw new StackException(
                    Kind.DATA_NOT_WRITABLE,
                    "Cannot use the data directory " + root + ": " + at + " is a file. Nothing was started or changed."
                            + " Use the path of a directory; it need not exist.");
        }
    }

    /** Whether an earlier stack has kept anything in {@code root}. */
    static boolean holdsData(Path root) {
        return Files.isDirectory(root.resolve(TABLES)) || Files.isDirectory(root.resolve(OBJECTS));
    }

    /** Where S3Mock's files lie that are kept in {@code root}. */
    static Path objects(Path root) {
        return root.resolve(OBJECTS);
    }

    /** The folder of DynamoDB Local's file; absent for data in memory. */
    Optional<Path> tables() {
        return durability == Durability.ON_DISK ? Optional.of(root.resolve(TABLES)) : Optional.empty();
    }

    /** The folder of S3Mock's files, which has no other way to keep objects. */
    Path objects() {
        return root.resolve(durability == Durability.ON_DISK ? OBJECTS : OBJECTS_IN_MEMORY);
    }

    /** The folder of the interpreter's journals; absent for data in memory. */
    Optional<Path> executions() {
        return durability == Durability.ON_DISK ? Optional.of(root.resolve("executions")) : Optional.empty();
    }

    Path logs() {
        return root.resolve("logs");
    }

    /** The folder of the stores' temporary files. */
    Path temporary() {
        return root.resolve("tmp");
    }

    StackFile stackFile() {
        return StackFile.in(root);
    }

    /** Removes what is in memory only, and gives the lock back. */
    @Override
    public void close() throws IOException {
        try (lock) {
            removeWhatIsNotKept();
            if (!prepared && created.isPresent()) {
                Trees.remove(created.get());
            }
        }
    }

    /**
     * Creates the folders that the stack works in.
     *
     * @throws StackException DATA_NOT_WRITABLE
     */
    DataDirectory prepare() {
        try {
            createFolders();
            return this;
        } catch (IOException failed) {
            throw notWritable(root, reason(failed));
        }
    }

    private void createFolders() throws IOException {
        prepared = true;
        // A stack that was killed could not do it.
        removeWhatIsNotKept();
        stackFile().remove();
        Stream<Path> folders = Stream.of(objects(), logs(), temporary());
        for (Path folder : Stream.concat(folders, tables().stream()).toList()) {
            Files.createDirectories(folder);
        }
    }

    private void removeWhatIsNotKept() throws IOException {
        Trees.remove(root.resolve(OBJECTS_IN_MEMORY));
        Trees.remove(temporary());
    }

    private static Optional<Path> highestMissing(Path root) {
        Optional<Path> highest = Optional.empty();
        for (Path path = root.toAbsolutePath(); path != null && !Files.exists(path); path = path.getParent()) {
            highest = Optional.of(path);
        }
        return highest;
    }

    private static FileChannel lock(Path root) throws IOException {
        Path file = root.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        if (!locked(channel)) {
            String owner = Files.readString(file).strip();
            channel.close();
            throw new StackException(
                    Kind.DATA_IN_USE,
                    "Cannot start the local stack in " + root + ": process " + owner
                            + " is already running one there. Nothing was started. Use it with --local, stop it, or choose another data directory.");
        }
        channel.truncate(0);
        String pid = Long.toString(ProcessHandle.current().pid());
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
        return channel;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ours) {
            // Another stack of this very process.
            return false;
        }
    }

    private static String reason(IOException failed) {
        if (failed instanceof FileSystemException named && named.getReason() == null) {
            return named.getClass().getSimpleName() + " " + named.getFile();
        }
        return failed.getMessage();
    }

    private static StackException notWritable(Path root, String fact) {
        return new StackException(
                Kind.DATA_NOT_WRITABLE,
                "Cannot use the data directory " + root + ": " + fact
                        + ". Nothing was started. Free disk space, correct its permissions, or choose another"
                        + " directory.");
    }
}
