package dev.rekey.interpreter.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store keeps to. */
abstract class StoreContract {
    private Store store;

    abstract Store open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void linesComeBackInOrder() {
        store.append("a/b/journal", List.of("one", "two"));
        store.append("a/b/journal", List.of("drei: äöü €"));
        assertThat(store.lines("a/b/journal")).containsExactly("one", "two", "drei: äöü €");
        assertThat(store.exists("a/b/journal")).isTrue();
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(store.lines("none")).isEmpty();
        assertThat(store.get("none")).isEmpty();
        assertThat(store.list("none")).isEmpty();
        assertThat(store.exists("none")).isFalse();
        store.delete("none");
    }

    @Test
    void documentsAreReplacedWhole() {
        store.put("folder/document", "a long content");
        store.put("folder/document", "short");
        assertThat(store.get("folder/document")).contains("short");
    }

    @Test
    void deletedIsGoneAndCanComeAgain() {
        store.append("journal", List.of("one"));
        store.delete("journal");
        assertThat(store.exists("journal")).isFalse();
        store.append("journal", List.of("two"));
        assertThat(store.lines("journal")).containsExactly("two");
    }

    @Test
    void foldersListWhatIsDirectlyBelow() {
        store.put("folder/b", "x");
        store.put("folder/a", "x");
        store.put("folder/sub/c", "x");
        store.put("folder2/d", "x");
        assertThat(store.list("folder")).containsExactly("a", "b", "sub");
    }

    @Test
    void manyJournalsGrowAtTheSameTime() {
        for (int round = 0; round < 3; round++) {
            for (int journal = 0; journal < 300; journal++) {
                store.append("many/" + journal, List.of(journal + "-" + round));
            }
        }
        assertThat(store.lines("many/7")).containsExactly("7-0", "7-1", "7-2");
        assertThat(store.lines("many/299")).containsExactly("299-0", "299-1", "299-2");
    }
}
