package dev.rekey.engine.migration;

import dev.rekey.engine.store.ForwardingTables;
import dev.rekey.engine.store.Tables;
import java.util.function.IntSupplier;

/** Tables whose scans give pages of a few records, so that small tables have several. */
public final class ShortPages extends ForwardingTables {
    private final IntSupplier limit;

    public ShortPages(Tables tables, IntSupplier limit) {
        super(tables);
        this.limit = limit;
    }

    @Override
    public Scanned scan(Scan scan) {
        return super.scan(new Scan(
                scan.table(),
                scan.segment(),
                scan.totalSegments(),
                scan.from(),
                Tables.lowerLimit(scan.limit(), limit.getAsInt()),
                scan.consistent()));
    }

    @Override
    public Scanned query(Query query) {
        return super.query(new Query(
                query.table(),
                query.partitionKey(),
                query.value(),
                query.upTo(),
                query.from(),
                query.upTo().isPresent() ? Tables.lowerLimit(query.limit(), limit.getAsInt()) : query.limit(),
                query.consistent()));
    }
}
