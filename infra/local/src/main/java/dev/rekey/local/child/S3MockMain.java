package dev.rekey.local.child;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs S3Mock. Its own main class opens two ports, one of them on every network interface; this one starts the same
 * Spring application with that second connector taken away, with {@link OneWriterPerObject} before it and
 * {@link SafeFiles} in it.
 */
public final class S3MockMain {
    /** The argument that names the folder of the buckets. */
    public static final String ROOT = "--com.adobe.testing.s3mock.store.root=";

    private static final String SPRING = "org.springframework.";
    private static final String SERVER_FACTORY = SPRING + "boot.tomcat.TomcatWebServerFactory";

    private final SettledBuckets buckets;

    private S3MockMain(SettledBuckets buckets) {
        this.buckets = buckets;
    }

    /** The arguments are properties of Spring and S3Mock, {@code --name=value} each. */
    public static void main(String[] arguments) throws Exception {
        Lifeline lifeline = Lifeline.hold();
        try {
            var buckets = SettledBuckets.in(root(arguments));
            buckets.notes().forEach(lifeline::tell);
            lifeline.ready(port(new S3MockMain(buckets).run(arguments)));
        } catch (ReflectiveOperationException | IOException failed) {
            failed.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static Path root(String[] arguments) {
        return Stream.of(arguments)
                .filter(argument -> argument.startsWith(ROOT))
                .map(argument -> Path.of(argument.substring(ROOT.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no argument begins with " + ROOT));
    }

    private Object run(String[] arguments) throws ReflectiveOperationException {
        Class<?> application = Class.forName("com.adobe.testing.s3mock.S3MockApplication");
        Class<?> spring = Class.forName(SPRING + "boot.SpringApplication");
        Object run = spring.getConstructor(Class[].class).newInstance((Object) new Class<?>[] {application});
        Class<?> initializer = Class.forName(SPRING + "context.ApplicationContextInitializer");
        Object initializers = Array.newInstance(initializer, 1);
        Array.set(initializers, 0, Proxies.of(initializer, this::initialize));
        spring.getMethod("addInitializers", initializers.getClass()).invoke(run, initializers);
        return spring.getMethod("run", String[].class).invoke(run, (Object) arguments);
    }

    private static int port(Object context) throws ReflectiveOperationException {
        Object environment = Class.forName(SPRING + "core.env.EnvironmentCapable")
                .getMethod("getEnvironment")
                .invoke(context);
        Object port = Class.forName(SPRING + "core.env.PropertyResolver")
                .getMethod("getProperty", String.class)
                .invoke(environment, "local.server.port");
        return Integer.parseInt((String) port);
    }

    private Object initialize(Method method, Object[] arguments) throws ReflectiveOperationException {
        Class<?> processor = Class.forName(SPRING + "beans.factory.config.BeanPostProcessor");
        Object beans = Class.forName(SPRING + "context.ConfigurableApplicationContext")
                .getMethod("getBeanFactory")
                .invoke(arguments[0]);
        Class.forName(SPRING + "beans.factory.config.ConfigurableBeanFactory")
                .getMethod("addBeanPostProcessor", processor)
                .invoke(beans, Proxies.of(processor, this::process));
        Class.forName(SPRING + "beans.factory.config.SingletonBeanRegistry")
                .getMethod("registerSingleton", String.class, Object.class)
                .invoke(beans, "oneWriterPerObject", new OneWriterPerObject().filter());
        return null;
    }

    private Object process(Method method, Object[] arguments) throws ReflectiveOperationException {
        Object bean = arguments[0];
        if (bean instanceof JsonMapper mapper && method.getName().equals("postProcessAfterInitialization")) {
            return new SafeFiles(mapper, buckets);
        }
        Class<?> factory = Class.forName(SERVER_FACTORY);
        if (factory.isInstance(bean) && method.getName().equals("postProcessBeforeInitialization")) {
            factory.getMethod("setAdditionalConnectors", java.util.Collection.class)
                    .invoke(bean, List.of());
        }
        return bean;
    }
}
