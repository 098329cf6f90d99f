package dev.rekey.local.child;

import java.lang.reflect.Field;

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
        Field field = server.getClass().getDeclaredField("server");
        field.setAccessible(true);
        Object jetty = field.get(server);
        Object[] connectors =
                (Object[]) jetty.getClass().getMethod("getConnectors").invoke(jetty);
        Object connector = connectors[0];
        connector.getClass().getMethod("setHost", String.class).invoke(connector, "127.0.0.1");
        connector.getClass().getMethod("setPort", int.class).invoke(connector, port);
        return connector;
    }
}
