package dev.rekey.engine.proof;

import dev.rekey.engine.proof.Recording.Request;
import dev.rekey.engine.store.Interceptor.Call;
import java.util.HashMap;
import java.util.Map;

/** Tells the requests of an execution apart: those that are alike are numbered in each state. */
final class Numbers {
    private final Map<Request, Integer> alike = new HashMap<>();
    private Progress at = Progress.beginning();

    void entered(Progress progress) {
        at = progress;
        alike.clear();
    }

    Progress at() {
        return at;
    }

    Request next(Call call, boolean aside) {
        var first = new Request(call, at, 0, aside);
        return new Request(call, at, alike.merge(first, 1, Integer::sum) - 1, aside);
    }
}
