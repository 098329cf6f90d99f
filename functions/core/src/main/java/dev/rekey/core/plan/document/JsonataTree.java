package dev.rekey.core.plan.document;

import com.dashjoin.jsonata.Parser;
import dev.rekey.core.plan.document.ExpressionInputs.Inputs;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The syntax tree of an expression. Only there is a variable told apart from the same letters in a text, a comment or a
 * regular expression. The library keeps the tree's fields to itself, hence reflection.
 */
public final class JsonataTree {
    /** A plain field after a variable, such as {@code $record.a}, says exactly what is read; these say more. */
    private static final List<String> MORE_THAN_A_FIELD = List.of("predicate", "stages", "focus", "index", "group");

    /** What an operator may be given beside a value and leave it as it is: on either side, or on the right only. */
    private static final Map<String, Object> NEUTRAL = Map.of("+", 0, "*", 1, "&", "", "-", 0, "/", 1);

    private static final Set<String> COMMUTATIVE = Set.of("+", "*", "&");

    private final Parser.Symbol root;

    JsonataTree(Parser.Symbol root) {
        this.root = root;
    }

    /** Names of all variables and functions. */
    public Set<String> variables() {
        var found = new TreeSet<String>();
        walk(root, symbol -> variable(symbol).ifPresent(found::add));
        return found;
    }

    /** The fields of {@code $variable} that the expression can read. */
    public Inputs inputs(String variable) {
        var fields = new TreeSet<String>();
        // The parser has one symbol for each place, so those that begin a plain path are known by being the same.
        var plain = Collections.newSetFromMap(new IdentityHashMap<Object, Boolean>());
        var whole = new boolean[1];
        walk(root, symbol -> {
            fieldOf(variable, symbol).ifPresent(name -> {
                fields.add(name);
                plain.add(steps(symbol).getFirst());
            });
            // A path that goes up again, or binds its context, ends who knows where.
            whole[0] |= "parent".equals(type(symbol)) || read(symbol, "focus") != null;
        });
        walk(
                root,
                symbol -> whole[0] |= variable(symbol).filter(variable::equals).isPresent() && !plain.contains(symbol));
        return new Inputs(whole[0], fields);
    }

    /** Whether the expression is plain arithmetic on {@code $record.attribute}, such as {@code $record.n + 1}. */
    public boolean accumulates(String attribute) {
        return accumulates(root, attribute);
    }

    private static boolean accumulates(Object node, String attribute) {
        if (!(node instanceof Parser.Symbol symbol)) {
            return false;
        }
        return switch (type(symbol)) {
            case "block" ->
                read(symbol, "expressions") instanceof List<?> list
                        && list.size() == 1
                        && accumulates(list.getFirst(), attribute);
            case "unary" -> "-".equals(value(symbol)) && isOrChanges(read(symbol, "expression"), attribute);
            case "binary" -> accumulatesBy(String.valueOf(value(symbol)), symbol, attribute);
            default -> false;
        };
    }

    private static boolean accumulatesBy(String operator, Parser.Symbol symbol, String attribute) {
        if (!NEUTRAL.containsKey(operator)) {
            return false;
        }
        var left = read(symbol, "lhs");
        var right = read(symbol, "rhs");
        return accumulates(left, attribute)
                || accumulates(right, attribute)
                || (is(left, attribute) && !isNeutral(operator, right))
                || (is(right, attribute) && !(COMMUTATIVE.contains(operator) && isNeutral(operator, left)));
    }

    private static boolean isOrChanges(Object node, String attribute) {
        return is(node, attribute) || accumulates(node, attribute);
    }

    private static boolean is(Object node, String attribute) {
        return node instanceof Parser.Symbol symbol
                && fieldOf("record", symbol).filter(attribute::equals).isPresent()
                && steps(symbol).size() == 2;
    }

    private static boolean isNeutral(String operator, Object node) {
        return node instanceof Parser.Symbol symbol && NEUTRAL.get(operator).equals(value(symbol));
    }

    /** The name after {@code $variable}, if {@code symbol} is a path that begins with both. */
    private static Optional<String> fieldOf(String variable, Parser.Symbol symbol) {
        var steps = steps(symbol);
        var begins = steps.size() > 1
                && variable(steps.getFirst()).filter(variable::equals).isPresent()
                && MORE_THAN_A_FIELD.stream().allMatch(field -> read(steps.getFirst(), field) == null)
                && "name".equals(type(steps.get(1)));
        return begins ? Optional.of(String.valueOf(value(steps.get(1)))) : Optional.empty();
    }

    private static List<Parser.Symbol> steps(Parser.Symbol symbol) {
        return "path".equals(type(symbol)) && read(symbol, "steps") instanceof List<?> list
                ? list.stream().map(Parser.Symbol.class::cast).toList()
                : List.of();
    }

    private static void walk(Parser.Symbol root, Consumer<Parser.Symbol> visitor) {
        var seen = Collections.newSetFromMap(new IdentityHashMap<Object, Boolean>());
        Deque<Object> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            var node = open.pop();
            if (node instanceof Parser.Symbol symbol && seen.add(symbol)) {
                visitor.accept(symbol);
                FIELDS.values().stream()
                        .map(field -> read(field, symbol))
                        .filter(Objects::nonNull)
                        .forEach(open::push);
            } else if (node instanceof Collection<?> list) {
                list.stream().filter(Objects::nonNull).forEach(open::push);
            } else if (node instanceof Object[] pair) {
                Arrays.stream(pair).filter(Objects::nonNull).forEach(open::push);
            }
        }
    }

    private static Optional<String> variable(Parser.Symbol symbol) {
        return "variable".equals(type(symbol)) && value(symbol) instanceof String name
                ? Optional.of(name)
                : Optional.empty();
    }

    private static String type(Parser.Symbol symbol) {
        return String.valueOf(read(symbol, "type"));
    }

    private static Object value(Parser.Symbol symbol) {
        return read(symbol, "value");
    }

    private static Object read(Parser.Symbol symbol, String field) {
        return read(Objects.requireNonNull(FIELDS.get(field), field), symbol);
    }

    private static final Map<String, Field> FIELDS = fields();

    private static Map<String, Field> fields() {
        var fields = new TreeMap<String, Field>();
        Arrays.stream(Parser.Symbol.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                .forEach(field -> {
                    field.setAccessible(true);
                    fields.put(field.getName(), field);
                });
        return Collections.unmodifiableMap(fields);
    }

    private static Object read(Field field, Parser.Symbol symbol) {
        try {
            return field.get(symbol);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the syntax tree of JSONata cannot be read", e);
        }
    }
}
