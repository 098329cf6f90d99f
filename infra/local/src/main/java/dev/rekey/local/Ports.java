package dev.rekey.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The port of every service on 127.0.0.1; 0 for any free port. */
public record Ports(Map<Service, Integer> byService) {
    private static final int LAST = 65_535;

    /** @throws IllegalArgumentException if a port is outside 0 to 65,535 or a service has none */
    public Ports {
        byService = Map.copyOf(byService);
        for (Service service : Service.values()) {
            int port = byService.getOrDefault(service, -1);
            if (port < 0 || port > LAST) {
                throw new IllegalArgumentException(
                        "The port of " + service.title() + " is " + port + "; it must be between 0 and " + LAST + ".");
            }
        }
    }

    /** 8000, 9090, 8083 and 3001. */
    public static Ports standard() {
        Map<Service, Integer> ports = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            ports.put(service, service.defaultPort());
        }
        return new Ports(ports);
    }

    /** A free port for each. */
    public static Ports free() {
        Ports ports = standard();
        for (Service service : Service.values()) {
            ports = ports.with(service, 0);
        }
        return ports;
    }

    public Ports with(Service service, int port) {
        Map<Service, Integer> ports = new EnumMap<>(byService);
        ports.put(service, port);
        return new Ports(ports);
    }

    public int of(Service service) {
        return byService.get(service);
    }

    /**
     * Sees whether every port can be taken, before anything is started.
     *
     * @throws StackException PORT_TAKEN
     */
    void check() {
        List<ServerSocket> taken = new ArrayList<>();
        try {
            for (Service service : Service.values()) {
                // All are held until the end: two services with one port are found too.
                taken.add(take(service));
            }
        } finally {
            taken.forEach(Ports::release);
        }
    }

    private ServerSocket take(Service service) {
        int port = of(service);
        try {
            return new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException refused) {
            throw new StackException(
                    StackException.Kind.PORT_TAKEN,
                    "Cannot start " + service.title() + " on port " + port + ": " + refused.getMessage()
                            + ". Nothing was started. Stop the program that uses the port, or choose another port with "
                            + service.option() + " (0 chooses a free port).",
                    refused);
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
