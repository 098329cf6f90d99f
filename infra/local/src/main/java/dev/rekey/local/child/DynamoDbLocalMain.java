package dev.rekey.local.child;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * Runs DynamoDB Local. Its own main class listens on every network interface and takes no host; this one lets it build
 * its server, sets the host and the port, and starts it.
 */
public final class DynamoDbLocalMain {
    private static final String RUNNER = "com.amazonaws.services.dynamodbv2.local.main.ServerRunner";

    private DynamoDbLocalMain() {}

    /** The port (0 takes a free one), then the arguments of DynamoDB Local without {@code -port}. */
    public static void main(String[] arguments) throws Exception {
        Lifeline lifeline = Lifeline.hold();
        try {
            String[] options = arguments.clone();
            // The first argument is ours; DynamoDB Local reads the rest and ignores an empty one.
            options[0] = "";
            Object server = Class.forName(RUNNER)
                    .getMethod("createServerFromCommandLineArgs", String[].class)
                    .invoke(null, (Object) options);
            relax(server);
            Object connector = loopback(server, Integer.parseInt(arguments[0]));
            // Unlike start, it throws when the port is taken.
            server.getClass().getMethod("safeStart").invoke(server);
            lifeline.ready((int) connector.getClass().getMethod("getLocalPort").invoke(connector));
        } catch (ReflectiveOperationException failed) {
            failed.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static Object loopback(Object server, int port) throws ReflectiveOperationException {
        Object jetty = field(server, "server");
        Object[] connectors =
                (Object[]) jetty.getClass().getMethod("getConnectors").invoke(jetty);
        Object connector = connectors[0];
        connector.getClass().getMethod("setHost", String.class).invoke(connector, "127.0.0.1");
        connector.getClass().getMethod("setPort", int.class).invoke(connector, port);
        return connector;
    }

    /**
     * Leaves the moment of writing to the disk to the operating system. What was written survives the death of this
     * process, only not that of the machine, and writing is several times as fast: DynamoDB Local makes a transaction
     * of every single record, each of which would wait for the disk more than once.
     */
    private static void relax(Object server) throws ReflectiveOperationException {
        Object handler = field(field(server, "serverHandler"), "primaryHandler");
        Method open = handler.getClass().getDeclaredMethod("getHandler", String.class);
        open.setAccessible(true);
        // With -sharedDb there is one database, whatever the name.
        Object database = open.invoke(handler, "shared");
        SQLiteQueue queue = (SQLiteQueue) field(field(database, "dbAccess"), "queue");
        queue.execute(new SQLiteJob<Void>() {
                    @Override
                    protected Void job(SQLiteConnection connection) throws SQLiteException {
                        connection.exec("PRAGMA synchronous=OFF");
                        return null;
                    }
                })
                .complete();
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(owner);
                }
            }
        }
        throw new NoSuchFieldException(owner.getClass() + " has no field " + name);
    }
}
