package dev.rekey.local.child;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Implements interfaces that are on no class path of ours. */
final class Proxies {
    private Proxies() {}

    /** The one step that an interface of Spring or of a servlet asks for. */
    interface Step {
        Object take(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    static Object of(Class<?> type, Step step) {
        InvocationHandler handler = (self, method, arguments) -> switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(self);
            case "equals" -> self == arguments[0];
            case "toString" -> type.getSimpleName();
            default -> taken(step, method, arguments);
        };
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    /** What the step's own call threw, as the interface's caller knows it. */
    private static Object taken(Step step, Method method, Object[] arguments) throws Throwable {
        try {
            return step.take(method, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
