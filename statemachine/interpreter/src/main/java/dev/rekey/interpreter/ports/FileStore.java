package dev.rekey.interpreter.ports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Keeps everything in files below one folder. Nothing is forced to the disk: what was written survives the death of the
 * process, not that of the machine. A line that a crash cut short is removed when its journal is next appended to.
 */
public final class FileStore implements Store {
    private static final int MOST_OPEN = 128;
    private static final String TEMPORARY = ".part";

    private final Path root;
    private final AtomicLong parts = new AtomicLong();
    private final Map<String, FileChannel> open = new LinkedHashMap<>(16, 0.75f, true);

    public FileStore(Path root) {
        this.root = root;
    }

    @Override
    public void append(String journal, List<String> lines) {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (open) {
            try {
                FileChannel channel = channel(journal);
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                // A part of the line may be written: the next append begins by removing it.
                forget(journal);
                throw failed("append to", journal, e);
            }
        }
    }

    private void forget(String journal) {
        FileChannel channel = open.remove(journal);
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw failed("close", journal, e);
        }
    }

    private FileChannel channel(String journal) throws IOException {
        FileChannel known = open.get(journal);
        if (known != null) {
            return known;
        }
        Path file = root.resolve(journal);
        Files.createDirectories(file.getParent());
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel.position(completeLength(channel));
        channel.truncate(channel.position());
        open.put(journal, channel);
        if (open.size() > MOST_OPEN) {
            var eldest = open.entrySet().iterator().next();
            open.remove(eldest.getKey());
            eldest.getValue().close();
        }
        return channel;
    }

    /** Where the last complete line ends. */
    private static long completeLength(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long length = channel.size(); length > 0; length--) {
            one.clear();
            if (channel.read(one, length - 1) == 1 && one.get(0) == '\n') {
                return length;
            }
        }
        return 0;
    }

    @Override
    public List<String> lines(String journal) {
        String text = get(journal).orElse("");
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            lines.add(text.substring(from, end));
            from = end + 1;
        }
        return lines;
    }

    @Override
    public void put(String document, String content) {
        Path file = root.resolve(document);
        Path part = file.resolveSibling(file.getFileName() + "." + parts.incrementAndGet() + TEMPORARY);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed("write", document, e);
        }
    }

    @Override
    public Optional<String> get(String document) {
        try {
            // Not Files.readString: a line that is being written may end within a character.
            return Optional.of(new String(Files.readAllBytes(root.resolve(document)), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", document, e);
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.isRegularFile(root.resolve(name));
    }

    @Override
    public void delete(String name) {
        try {
            synchronized (open) {
                forget(name);
            }
            Files.deleteIfExists(root.resolve(name));
        } catch (IOException e) {
            throw failed("delete", name, e);
        }
    }

    @Override
    public List<String> list(String folder) {
        try (Stream<Path> entries = Files.list(root.resolve(folder))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.endsWith(TEMPORARY))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw failed("list", folder, e);
        }
    }

    @Override
    public void close() {
        synchronized (open) {
            for (FileChannel channel : open.values()) {
                try {
                    channel.close();
                } catch (IOException e) {
                    throw failed("close a journal below", "", e);
                }
            }
            open.clear();
        }
    }

    private UncheckedIOException failed(String verb, String name, IOException e) {
        return new UncheckedIOException(
                "Cannot " + verb + " '" + root.resolve(name) + "': " + e.getMessage()
                        + ". What was written before is kept. Make the folder writable and start again.",
                e);
    }
}
