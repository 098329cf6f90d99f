package dev.rekey.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.engine.store.Interceptor.Call;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InMemoryObjectsTest extends ObjectsContract {
    private final InMemoryObjects objects = new InMemoryObjects();

    @Override
    protected Objects objects() {
        return objects;
    }

    @Test
    void stopsBeforeOrAfterTheEffect() {
        objects.intercept(new Interceptor() {
            @Override
            public void before(Call call) {
                stopAt(call, "before");
            }

            @Override
            public void after(Call call) {
                stopAt(call, "after");
            }

            private void stopAt(Call call, String when) {
                if (call.on().equals(when)) {
                    throw new IllegalStateException(call.name());
                }
            }
        });
        assertThatThrownBy(() -> objects.create(new ObjectKey("before"), new byte[1]))
                .hasMessage("create");
        assertThatThrownBy(() -> objects.create(new ObjectKey("after"), new byte[1]))
                .hasMessage("create");
        assertThat(objects.contents()).containsOnlyKeys("after");
    }

    /** As S3 does; S3Mock takes the order of UTF-16. */
    @Test
    void listsInOrderOfUtf8() {
        objects.put(new ObjectKey("😀"), new byte[0]);
        objects.put(new ObjectKey("\uffee"), new byte[0]);
        assertThat(objects.list("", Optional.empty()).keys())
                .containsExactly(new ObjectKey("\uffee"), new ObjectKey("😀"));
    }

    @Test
    void listsAThousandKeysAtATime() {
        for (int i = 0; i < 2001; i++) {
            objects.put(new ObjectKey("%04d".formatted(i)), new byte[0]);
        }
        var first = objects.list("", Optional.empty());
        assertThat(first.keys()).hasSize(1000).last().isEqualTo(new ObjectKey("0999"));
        var second = objects.list("", Optional.of(first.keys().getLast()));
        assertThat(second.keys()).hasSize(1000);
        assertThat(second.more()).isTrue();
        var third = objects.list("", Optional.of(second.keys().getLast()));
        assertThat(third).isEqualTo(new Objects.Listed(List.of(new ObjectKey("2000")), false));
    }

    @Test
    void keepsItsOwnCopies() {
        var content = new byte[] {1};
        objects.put(new ObjectKey("a"), content);
        content[0] = 2;
        objects.get(new ObjectKey("a")).orElseThrow().content()[0] = 3;
        objects.contents().get("a")[0] = 4;
        assertThat(objects.contents().get("a")).containsExactly(1);
    }

    @Test
    void reportsEveryRequest() {
        var calls = new ArrayList<Call>();
        objects.intercept(new Interceptor() {
            @Override
            public void before(Call call) {
                calls.add(call);
            }

            @Override
            public void after(Call call) {}
        });
        objects.put(new ObjectKey("a"), new byte[0]);
        objects.delete(new ObjectKey("a"));
        assertThat(calls).containsExactly(new Call("put", "a"), new Call("delete", "a"));
    }
}
