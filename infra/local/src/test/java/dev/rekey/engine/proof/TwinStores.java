package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.Interceptor.Call;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Tables;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Real stores and stores in memory, which hold the same. Every request goes to both, and both must answer alike; when all
 * that they hold is compared, both must hold the same.
 */
final class TwinStores implements Stores {
    private final RealStores real;
    private final MemoryStores memory;
    private final TwinTables tables;
    private final Objects objects;
    private final Answers answers;
    private final boolean atEveryState;
    private final boolean isBucketCompared;
    private Interceptor interceptor = Interceptor.none();
    private boolean tablesWritten;
    private boolean objectsWritten;

    /**
     * @param known versions of objects that were got from such stores; if absent, the bucket is in memory only
     * @param doctored what the stores in memory are made to answer
     * @param atEveryState whether all that they hold is compared whenever an execution comes to a state
     */
    TwinStores(
            RealStores real,
            MemoryStores memory,
            Doctored doctored,
            Optional<Set<String>> known,
            boolean atEveryState,
            Answers answers) {
        this.real = real;
        this.memory = memory;
        this.atEveryState = atEveryState;
        this.answers = answers;
        var inMemory = doctored.tables().apply(memory.tables());
        var scans =
                new TwinScans(inMemory, table -> memory.tables().describe(table).orElseThrow(), answers);
        tables = new TwinTables(real.tables(), inMemory, scans, new Probes(), answers);
        var bucket = doctored.objects().apply(memory.objects());
        objects = known.<Objects>map(
                        versions -> new TwinObjects(real.objects(), bucket, versions, new AtomicInteger(), answers))
                .orElse(bucket);
        isBucketCompared = known.isPresent();
    }

    @Override
    public Tables tables() {
        return new SeenTables(tables, () -> noting(() -> tablesWritten = true));
    }

    @Override
    public Objects objects() {
        return new SeenObjects(objects, () -> noting(() -> objectsWritten = isBucketCompared));
    }

    private Interceptor noting(Runnable written) {
        var other = interceptor;
        return new Interceptor() {
            @Override
            public void before(Call call) {
                if (Recording.isWrite(call)) {
                    written.run();
                }
                other.before(call);
            }

            @Override
            public void after(Call call) {
                other.after(call);
            }
        };
    }

    @Override
    public void intercept(Interceptor next) {
        interceptor = next;
    }

    @Override
    public void stateBegins() {
        if (atEveryState) {
            compare();
        }
    }

    /** Compares all that was written to since the last time. */
    void compare() {
        if (tablesWritten) {
            assertThat(memory.dump()).as("tables in memory").isEqualTo(real.dump());
            answers.count("whole tables");
            tablesWritten = false;
        }
        if (objectsWritten) {
            assertThat(memory.versions()).as("objects in memory").isEqualTo(real.versions());
            answers.count("whole bucket");
            objectsWritten = false;
        }
    }

    /** Makes other stores hold what {@code wanted} hold, if they are these real ones. */
    void replaceBy(MemoryStores wanted) {
        if (tablesWritten || objectsWritten) {
            real.hold(wanted);
        } else {
            real.hold(wanted, memory);
        }
    }

    @Override
    public MemoryStores held() {
        return memory.held();
    }

    @Override
    public String dump() {
        compare();
        return memory.dump();
    }

    @Override
    public SortedMap<String, byte[]> contents(String prefix) {
        return memory.contents(prefix);
    }
}
