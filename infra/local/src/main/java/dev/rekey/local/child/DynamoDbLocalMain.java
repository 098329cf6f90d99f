package dev.rekey.local.child;

import com.almworks.sqlite4java.SQLiteQueue;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs DynamoDB Local. Its own main class listens on every network interface and takes no host; this one lets it build
 * its server, sets the host and the port, and starts it.
 */
public final class DynamoDbLocalMain {
    private static final String RUNNER = "com.amazonaws.services.dynamodbv2.local.main.ServerRunner";

    private DynamoDbLocalMain() {}

    /** The port (0 for any free port), then the arguments of DynamoDB Local without {@code -port}. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Lifeline lifeline = Lifeline.hold();
        try {
            String[] options = arguments.clone();
            // The first argument is ours; DynamoDB Local reads the rest and ignores an empty one.
            options[0] = "";
            Object server = Class.forName(RUNNER)
                    .getMethod("createServerFromCommandLineArgs", String[].class)
                    .invoke(null, (Object) options);
            Optional<Path> tables = tables(arguments);
            // Asked before the database is opened: SQLite then takes the unfinished transaction back.
            boolean cutOff = tables.isPresent() && TablesFile.wasCutOff(tables.get());
            SQLiteQueue database = database(server);
            TablesFile.relax(database);
            if (cutOff) {
                TablesFile.check(database);
                lifeline.tell(
                        StoreNote.repaired(
                                "DynamoDB Local ended during a write, which was rolled back. The tables' file was checked and is intact."));
            }
            Object connector = loopback(server, Integer.parseInt(arguments[0]));
            // Unlike start, it throws when the port is taken.
            server.getClass().getMethod("safeStart").invoke(server);
            lifeline.ready((int) connector.getClass().getMethod("getLocalPort").invoke(connector));
        } catch (Exception failed) {
            // Whatever it is: threads of the store would keep this process alive, and the parent waiting.
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

    private static Optional<Path> tables(String[] arguments) {
        int option = List.of(arguments).indexOf("-dbPath");
        return option < 0 ? Optional.empty() : Optional.of(Path.of(arguments[option + 1]));
    }

    private static SQLiteQueue database(Object server) throws ReflectiveOperationException {
        Object handler = field(field(server, "serverHandler"), "primaryHandler");
        Method open = handler.getClass().getDeclaredMethod("getHandler", String.class);
        open.setAccessible(true);
        // With -sharedDb there is one database, whatever the name.
        Object database = open.invoke(handler, "shared");
        return (SQLiteQueue) field(field(database, "dbAccess"), "queue");
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
