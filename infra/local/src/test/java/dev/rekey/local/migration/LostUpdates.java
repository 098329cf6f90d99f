package dev.rekey.local.migration;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Loses answers to updates that were made, as a broken connection does. The SDK finds it by a file on the class path. */
public final class LostUpdates implements ExecutionInterceptor {
    private static final Set<String> TABLES = ConcurrentHashMap.newKeySet();

    /** The answer to the next update of a record of {@code table} is lost. */
    static void loseNext(String table) {
        TABLES.add(table);
    }

    /** Whether an answer that is to be lost has not been given yet. */
    static boolean isPending(String table) {
        return TABLES.contains(table);
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (context.request() instanceof UpdateItemRequest update && TABLES.remove(update.tableName())) {
            throw SdkClientException.create("the connection broke before the answer came");
        }
    }
}
