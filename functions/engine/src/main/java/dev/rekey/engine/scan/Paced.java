package dev.rekey.engine.scan;

import dev.rekey.engine.store.Files;
import dev.rekey.engine.store.Tables;

/** Reads a source at a pace, and counts what that takes. */
public interface Paced {
    /** As fast as the source answers. */
    Paced NOT = new Paced() {
        @Override
        public Tables source(Tables tables) {
            return tables;
        }

        @Override
        public Files source(Files files) {
            return files;
        }
    };

    Tables source(Tables tables);

    Files source(Files files);
}
